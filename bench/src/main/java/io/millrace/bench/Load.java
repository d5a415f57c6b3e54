package io.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.util.UUID;

/** Small calculations of 300 bytes. */
final class Load {

  private static final int CONFIRM_EVERY = 2_000;
  private static final String PADDING = "x".repeat(230);

  private Load() {}

  /** Publishes them, and returns when the broker has confirmed them all. */
  static void publish(URI broker, String exchange, String key, int count) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    String run = UUID.randomUUID().toString();
    try (Connection connection = factory.newConnection("bench");
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (int i = 1; i <= count; i++) {
        String payload =
            "{\"left\":\"%d.%02d\",\"right\":\"1.0375\",\"padding\":\"%s\"}"
                .formatted(10_000_000 + i, i % 100, PADDING);
        channel.basicPublish(
            exchange,
            key,
            MessageProperties.PERSISTENT_BASIC
                .builder()
                .contentType("application/json")
                .messageId(run + "-" + i)
                .build(),
            payload.getBytes(UTF_8));
        if (i % CONFIRM_EVERY == 0 || i == count) {
          channel.waitForConfirmsOrDie(60_000);
        }
      }
    }
  }
}
