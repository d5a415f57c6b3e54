package io.millrace.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedBrokerIT {

  private static final byte[] BODY = "hello".getBytes(UTF_8);
  private static final long CONFIRM_MILLIS = 10_000;

  @TempDir Path folder;

  @Test
  void keepsDurableQueuesAndPersistentMessagesOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start();
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare("jobs", BuiltinExchangeType.TOPIC, true);
      channel.queueDeclare("job", true, false, false, null);
      channel.queueBind("job", "jobs", "loan.*");
      channel.confirmSelect();
      channel.basicPublish("jobs", "loan.amortize", MessageProperties.PERSISTENT_BASIC, BODY);
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start();
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      GetResponse kept = channel.basicGet("job", true);

      assertThat(kept.getBody()).isEqualTo(BODY);
      assertThat(kept.getEnvelope().getRoutingKey()).isEqualTo("loan.amortize");
    }
  }

  @Test
  void keepsWhatItConfirmedWhenItsProcessIsKilled() throws Exception {
    Process process = PublisherToBeKilled.start(folder);
    int confirmed;
    try (BufferedReader lines = process.inputReader()) {
      confirmed = PublisherToBeKilled.awaitConfirmed(lines, 500);
      process.toHandle().destroyForcibly(); // the process itself would close what it printed
      confirmed = Math.max(confirmed, PublisherToBeKilled.awaitConfirmed(lines, Integer.MAX_VALUE));
    } finally {
      process.destroyForcibly().waitFor();
    }

    List<Integer> kept;
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start();
        Connection connection = connect(broker.amqpUri())) {
      kept = PublisherToBeKilled.readAll(connection);
    }

    assertThat(confirmed).isGreaterThanOrEqualTo(500);
    assertThat(kept).startsWith(IntStream.range(0, confirmed).boxed().toArray(Integer[]::new));
  }

  @Test
  void confirmsWhatNoQueueTakesUnlessItIsMandatory() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start();
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare("events", BuiltinExchangeType.TOPIC, true);
      channel.confirmSelect();
      CompletableFuture<String> returned = new CompletableFuture<>();
      channel.addReturnListener(message -> returned.complete(message.getRoutingKey()));

      channel.basicPublish("events", "quiet", false, MessageProperties.PERSISTENT_BASIC, BODY);
      boolean quietConfirmed = channel.waitForConfirms(CONFIRM_MILLIS);
      channel.basicPublish("events", "loud", true, MessageProperties.PERSISTENT_BASIC, BODY);
      boolean loudConfirmed = channel.waitForConfirms(CONFIRM_MILLIS);

      assertThat(quietConfirmed).isTrue();
      assertThat(loudConfirmed).isFalse();
      assertThat(returned.get(10, TimeUnit.SECONDS)).isEqualTo("loud");
    }
  }

  @Test
  void refusesQueueArgumentsOfRabbitMq() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start()) {
      Channel channel = connect(broker.amqpUri()).createChannel();
      assertThatThrownBy(
              () -> channel.queueDeclare("q", true, false, false, Map.of("x-queue-type", "quorum")))
          .hasStackTraceContaining("x-queue-type");
    }
  }

  @Test
  void vouchesForTheUserIdOfAMessage() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start()) {
      Channel channel = connect(broker.amqpUri()).createChannel();
      channel.queueDeclare("job", true, false, false, null);
      channel.confirmSelect();

      channel.basicPublish("", "job", as(broker.user()), BODY);
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
      channel.basicPublish("", "job", as("mallory"), BODY);

      assertThatThrownBy(() -> channel.waitForConfirmsOrDie(CONFIRM_MILLIS))
          .hasStackTraceContaining("403");
    }
  }

  @Test
  void keepsVirtualHostsApartAndOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start()) {
      broker.createVirtualHost("one");
      broker.createVirtualHost("two");
      declare(broker.amqpUri("one"), "only-in-one");
      broker.deleteVirtualHost("two");
    }

    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start()) {
      assertThat(hasQueue(broker.amqpUri("one"), "only-in-one")).isTrue();
      assertThat(hasQueue(broker.amqpUri(), "only-in-one")).isFalse();
      assertThatThrownBy(() -> connect(broker.amqpUri("two"))).isInstanceOf(Exception.class);
    }
  }

  @Test
  void closesTheConnectionsOfAVirtualHost() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(folder).start()) {
      Connection connection = connect(broker.amqpUri());
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      connection.addShutdownListener(cause -> closed.complete(cause.isInitiatedByApplication()));

      broker.closeConnections("millrace");

      assertThat(closed.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void refusesWrongPasswordsAndADirectoryInUse() {
    try (EmbeddedBroker broker =
        EmbeddedBroker.in(folder).user("alice", "secret").virtualHost("v").start()) {
      URI wrong = URI.create(broker.amqpUri("v").toString().replace("secret", "guess"));

      assertThatThrownBy(() -> connect(wrong)).hasStackTraceContaining("Authentication failed");
      assertThatThrownBy(EmbeddedBroker.in(folder)::start)
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("in use");
    }
  }

  private static BasicProperties as(String user) {
    return MessageProperties.PERSISTENT_BASIC.builder().userId(user).build();
  }

  private static void declare(URI uri, String queue) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(queue, true, false, false, null);
    }
  }

  private static boolean hasQueue(URI uri, String queue) throws Exception {
    try (Connection connection = connect(uri)) {
      Channel channel = connection.createChannel();
      channel.queueDeclarePassive(queue);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
