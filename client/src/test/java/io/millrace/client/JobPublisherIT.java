package io.millrace.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessageReader;
import io.millrace.client.contract.Lane;
import io.millrace.client.contract.Reading;
import io.millrace.testing.RequiresRabbitMq;
import io.millrace.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@RequiresRabbitMq
class JobPublisherIT {

  @AutoClose private static final TestBroker BROKER = TestBroker.fresh();

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String type = "test." + run;
  private final String queue = "it-" + run;
  private Connection connection;
  private Channel channel;
  private BrokerProxy proxy;

  record Loan(int loan) {}

  @BeforeEach
  void declare() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(BROKER.amqpUri().toString());
    connection = factory.newConnection("JobPublisherIT");
    channel = connection.createChannel();
    channel.queueDeclare(queue, true, false, false, Map.of());
    for (Lane lane : Lane.values()) {
      String exchange = ContractNames.exchangeOf(lane);
      channel.exchangeDeclare(exchange, "topic", true);
      channel.queueBind(queue, exchange, type);
    }
    proxy = new BrokerProxy(BROKER.amqpUri().toString());
  }

  @AfterEach
  void free() throws Exception {
    proxy.close();
    channel.queueDelete(queue);
    connection.close();
  }

  @Test
  void publishesWhatTheReaderReads() throws Exception {
    try (JobPublisher publisher =
        JobPublisher.builder().uri(BROKER.amqpUri().toString()).tenant("acme").connect()) {
      PublishedJob job =
          publisher
              .job(type)
              .messageId("m-1")
              .payload(new Loan(42))
              .lane(Lane.HIGH)
              .uniqueKey("u")
              .publish()
              .get();

      assertThat(job.id()).isEqualTo(JobId.of("acme", "m-1"));
    }
    GetResponse got = channel.basicGet(queue, true);
    assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
    Reading reading =
        new JobMessageReader(1_000)
            .read(
                got.getEnvelope().getExchange(),
                got.getEnvelope().getRoutingKey(),
                got.getProps(),
                got.getBody());
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Readable.class,
            it -> {
              assertThat(it.message().payload()).asString(UTF_8).isEqualTo("{\"loan\":42}");
              assertThat(it.message().tenant()).isEqualTo("acme");
              assertThat(it.message().options().lane()).isEqualTo(Lane.HIGH);
              assertThat(it.message().options().uniqueKey()).isEqualTo("u");
            });
  }

  @Test
  void confirmsManyFromManyThreads() throws Exception {
    int messages = 20_000;
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      List<Thread> threads = new ArrayList<>();
      List<CompletableFuture<PublishedJob>> futures = new ArrayList<>();
      publish(publisher, "warm-up").get();
      channel.queuePurge(queue);
      long start = System.nanoTime();
      for (int t = 0; t < 4; t++) {
        int first = t;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = first; i < messages; i += 4) {
                        CompletableFuture<PublishedJob> future = publish(publisher, "m-" + i);
                        synchronized (futures) {
                          futures.add(future);
                        }
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
      System.out.printf(
          "%d messages a second%n", messages * 1_000_000_000L / (System.nanoTime() - start));

      assertThat(publisher.inFlight()).isZero();
    }
    assertThat(channel.messageCount(queue)).isEqualTo(messages);
  }

  @Test
  void losesNothingWhenConnectionsAreCut() throws Exception {
    int messages = 5_000;
    List<CompletableFuture<PublishedJob>> futures = new ArrayList<>();
    try (JobPublisher publisher = JobPublisher.builder().uri(proxy.uri()).connect()) {
      publish(publisher, "first").get();
      for (int i = 0; i < messages; i++) {
        if (i % 1_000 == 500) {
          // Not while it still reconnects: it would wait for the answers to that.
          CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
          proxy.holdAnswers();
        }
        if (i % 1_000 == 800) {
          awaitInQueue(i);
          proxy.cut();
        }
        futures.add(publish(publisher, "m-" + i));
      }
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
    }
    Set<String> arrived = new HashSet<>();
    int deliveries = 0;
    for (GetResponse got = channel.basicGet(queue, true);
        got != null;
        got = channel.basicGet(queue, true)) {
      arrived.add(got.getProps().getMessageId());
      deliveries++;
    }
    System.out.printf("%d messages in %d deliveries%n", arrived.size(), deliveries);
    assertThat(arrived).hasSize(messages + 1);
    assertThat(deliveries).as("some were sent again").isGreaterThan(arrived.size());
  }

  @Test
  void goesOnAtTheNodeThatIsLeft() throws Exception {
    try (BrokerProxy other = new BrokerProxy(BROKER.amqpUri().toString())) {
      String both = proxy.uri().replace(proxy.node(), proxy.node() + "," + other.node());
      try (JobPublisher publisher = JobPublisher.connect(both)) {
        for (BrokerProxy down : List.of(proxy, other, proxy)) {
          down.refuse();
          publish(publisher, "m-1").get();
          down.permit();
        }
      }
    }
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() throws Exception {
    proxy.refuse();
    try (JobPublisher publisher = JobPublisher.connect(proxy.uri())) {
      CompletableFuture<PublishedJob> future = publish(publisher, "m-1");
      assertThat(publisher.isConnected()).isFalse();

      proxy.permit();

      assertThat(future.get().messageId()).isEqualTo("m-1");
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void saysThatNoQueueTakesTheType() {
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      List<CompletableFuture<PublishedJob>> good = new ArrayList<>();
      List<CompletableFuture<PublishedJob>> bad = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        good.add(publish(publisher, "same-" + i));
        bad.add(publisher.job("test.nobody").messageId("same-" + i).payload(new Loan(i)).publish());
      }

      bad.forEach(
          future -> {
            PublishException failure = failureOf(future);
            assertThat(failure.reason()).isEqualTo(PublishException.Reason.UNROUTABLE);
            assertThat(failure.maybePublished()).isFalse();
            assertThat(failure).hasMessageContaining("no queue takes this type");
          });
      assertThat(good)
          .allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(9)));
    }
  }

  @Test
  void saysThatTheBrokerRefused() throws Exception {
    String small = queue + "-small";
    channel.queueDeclare(
        small, true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    channel.queueBind(small, ContractNames.JOBS, type + ".small");
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      publisher.job(type + ".small").messageId("m-1").payload(new Loan(1)).publish().get();
      // One more may pass: the queue counts after it has taken.
      List<CompletableFuture<PublishedJob>> more = new ArrayList<>();
      for (int i = 2; i < 5; i++) {
        more.add(publisher.job(type + ".small").messageId("m-" + i).payload(new Loan(i)).publish());
      }

      PublishException failure = failureOf(more.getLast());
      assertThat(failure.reason()).isEqualTo(PublishException.Reason.REFUSED_BY_BROKER);
      assertThat(failure.messageId()).isEqualTo("m-4");
    } finally {
      channel.queueDelete(small);
    }
  }

  @Test
  void saysThatNoWorkerHasDeclaredTheExchange() throws Exception {
    channel.exchangeDelete(ContractNames.JOBS_LOW);
    try (JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString())) {
      CompletableFuture<PublishedJob> low =
          publisher.job(type).messageId("m-1").payload(new Loan(1)).lane(Lane.LOW).publish();
      CompletableFuture<PublishedJob> normal = publish(publisher, "m-2");

      PublishException failure = failureOf(low);

      assertThat(failure.reason()).isEqualTo(PublishException.Reason.NO_EXCHANGE);
      assertThat(failure).hasMessageContaining("'millrace.jobs.low'", "no worker has ever");
      assertThat(normal).succeedsWithin(Duration.ofSeconds(9));
    }
  }

  @Test
  void boundsWhatIsInFlightAndSaysHowThingsStand() {
    proxy.refuse();
    JobPublisher publisher =
        JobPublisher.builder()
            .uri(proxy.uri())
            .maxInFlight(2)
            .maxWait(Duration.ofMillis(200))
            .closeTimeout(Duration.ZERO)
            .connect();
    List<CompletableFuture<PublishedJob>> accepted =
        List.of(publish(publisher, "m-1"), publish(publisher, "m-2"));

    PublishException overload =
        catchThrowableOfType(PublishException.class, () -> publish(publisher, "m-3"));
    publisher.close();
    PublishException tooLate =
        catchThrowableOfType(PublishException.class, () -> publish(publisher, "m-4"));

    assertThat(overload.reason()).isEqualTo(PublishException.Reason.OVERLOADED);
    assertThat(overload).hasMessageContaining("'m-3'").hasMessageContaining("no connection");
    assertThat(tooLate.reason()).isEqualTo(PublishException.Reason.CLOSED);
    for (CompletableFuture<PublishedJob> future : accepted) {
      assertThat(failureOf(future).reason()).isEqualTo(PublishException.Reason.CLOSED);
      assertThat(failureOf(future).maybePublished()).isFalse();
    }
  }

  @Test
  void givesUpInTimeAndSaysWhetherItWasSent() throws Exception {
    try (JobPublisher publisher =
        JobPublisher.builder()
            .uri(proxy.uri())
            .confirmTimeout(Duration.ofMillis(500))
            .closeTimeout(Duration.ZERO)
            .connect()) {
      publish(publisher, "m-1").get();
      proxy.holdAnswers();

      PublishException failure = failureOf(publish(publisher, "m-2"));

      assertThat(failure.reason()).isEqualTo(PublishException.Reason.TIMED_OUT);
      assertThat(failure.maybePublished()).isTrue();
      assertThat(failure.messageId()).isEqualTo("m-2");
    }
  }

  @Test
  void waitsForConfirmationsWhenItIsClosed() {
    List<CompletableFuture<PublishedJob>> futures = new ArrayList<>();
    JobPublisher publisher = JobPublisher.connect(BROKER.amqpUri().toString());
    for (int i = 0; i < 1_000; i++) {
      futures.add(publish(publisher, "m-" + i));
    }

    publisher.close();

    assertThat(futures)
        .allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(1)));
  }

  @Test
  void letsACallbackPublishAndWait() throws Exception {
    try (JobPublisher publisher =
        JobPublisher.builder().uri(BROKER.amqpUri().toString()).maxInFlight(1).connect()) {
      CompletableFuture<PublishedJob> chain =
          publish(publisher, "m-1").thenApply(_ -> publish(publisher, "m-2").join());

      assertThat(chain.get().messageId()).isEqualTo("m-2");
    }
  }

  private CompletableFuture<PublishedJob> publish(JobPublisher publisher, String messageId) {
    return publisher.job(type).messageId(messageId).payload(new Loan(1)).publish();
  }

  /** Waits until the broker has {@code messages}; asking it is what paces the loop. */
  private void awaitInQueue(int messages) throws IOException {
    while (channel.messageCount(queue) < messages) {
      Thread.onSpinWait();
    }
  }

  private static PublishException failureOf(CompletableFuture<PublishedJob> future) {
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> future.get(9, TimeUnit.SECONDS));
    assertThat(failure).hasCauseInstanceOf(PublishException.class);
    return (PublishException) Objects.requireNonNull(failure.getCause());
  }
}
