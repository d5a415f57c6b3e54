package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresRabbitMq(killable = true)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PrivateRabbitIT {

  private static final byte[] BODY = "hello".getBytes(UTF_8);

  @Test
  void keepsConfirmedMessagesWhenItIsKilledAndAnswersNothingWhileItIsPaused() throws Exception {
    try (PrivateRabbit rabbit = PrivateRabbit.start()) {
      Channel before = channel(rabbit);
      before.confirmSelect();
      before.queueDeclare("job", true, false, false, null);
      publishUntilTheDeclarationIsOnDisk(before);

      rabbit.kill();
      rabbit.restart();

      Channel after = channel(rabbit);
      after.confirmSelect();
      assertThat(after.basicGet("job", true).getBody()).isEqualTo(BODY);

      rabbit.pause();
      publish(after);
      assertThatThrownBy(() -> after.waitForConfirms(500)).isInstanceOf(TimeoutException.class);
      rabbit.resume();
      after.waitForConfirmsOrDie(10_000);
    }
  }

  /**
   * The node writes what was declared to its disk later than what was published, within two seconds
   * by its own timers: a kill before that loses the queue, and its confirmed messages with it.
   */
  private static void publishUntilTheDeclarationIsOnDisk(Channel channel) throws Exception {
    long enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    do {
      publish(channel);
      channel.waitForConfirmsOrDie(10_000);
    } while (System.nanoTime() < enough);
  }

  private static void publish(Channel channel) throws Exception {
    channel.basicPublish("", "job", MessageProperties.PERSISTENT_BASIC, BODY);
  }

  private static Channel channel(PrivateRabbit rabbit) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(rabbit.amqpUri());
    factory.setAutomaticRecoveryEnabled(false);
    Connection connection = factory.newConnection();
    return connection.createChannel();
  }
}
