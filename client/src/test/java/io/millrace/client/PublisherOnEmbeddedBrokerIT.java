package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.millrace.client.contract.ContractNames;
import io.millrace.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What differs on the embedded broker, which refuses a message first and returns it afterwards. */
class PublisherOnEmbeddedBrokerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(9);

  @AutoClose private static final TestBroker BROKER = TestBroker.freshEmbedded();

  @BeforeAll
  static void declare() throws Exception {
    try (Connection connection = BROKER.connect();
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare(ContractNames.JOBS, "topic", true);
      channel.queueDeclare("it", true, false, false, Map.of());
      channel.queueBind("it", ContractNames.JOBS, "test.somebody");
    }
  }

  @Test
  void saysThatNoQueueTakesTheType() {
    List<CompletableFuture<PublishedJob>> good = new ArrayList<>();
    List<CompletableFuture<PublishedJob>> bad = new ArrayList<>();
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      for (int i = 0; i < 200; i++) {
        good.add(publish(publisher, "test.somebody", "same-" + i));
        bad.add(publish(publisher, "test.nobody", "same-" + i));
      }

      assertThat(good).allSatisfy(future -> assertThat(future).succeedsWithin(PATIENCE));
      assertThat(bad).allSatisfy(PublisherOnEmbeddedBrokerIT::assertUnroutable);
      assertThat(publisher.inFlight()).isZero();
    }
  }

  @Test
  void saysItOfALoneMessageToo() {
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      assertUnroutable(publish(publisher, "test.nobody", "lone"));
    }
  }

  private static CompletableFuture<PublishedJob> publish(
      JobPublisher publisher, String type, String messageId) {
    return publisher.job(type).messageId(messageId).payload(1).publish();
  }

  private static void assertUnroutable(CompletableFuture<PublishedJob> future) {
    assertThat(future).failsWithin(PATIENCE);
    assertThatThrownBy(future::join)
        .cause()
        .isInstanceOfSatisfying(
            PublishException.class,
            failure -> assertThat(failure.reason()).isEqualTo(PublishException.Reason.UNROUTABLE));
  }
}
