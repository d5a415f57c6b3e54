package io.millrace.worker.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerProperties;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.pause.Paused;
import io.millrace.testing.TestBroker;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AmqpIntakeIT {

  private static final JobType UP = new JobType("test.up");
  private static final JobType DOWN = new JobType("test.down");
  private static final int PREFETCH = 20;

  private final TestBroker broker = TestBroker.fresh();
  private final CountDownLatch connected = new CountDownLatch(1);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AmqpIntake intake = intake();

  private AmqpIntake intake() {
    return new AmqpIntake(
        new BrokerConnector(
            new BrokerProperties(broker.amqpUri().toString(), Duration.ofSeconds(10))),
        List.of(UP, DOWN),
        PREFETCH,
        now::get,
        new WorkerEvents(List.of(this::heard)));
  }

  private void heard(WorkerEvent event) {
    if (event instanceof WorkerEvent.BrokerConnected) {
      connected.countDown();
    }
  }

  @BeforeEach
  void start() throws InterruptedException {
    intake.start();
    assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void stop() throws InterruptedException {
    intake.stop();
    broker.close();
  }

  @Test
  void leavesTheJobsOfAPausedTypeInTheBrokerAndTakesThoseOfOthers() throws Exception {
    intake.pauseTypes(List.of(DOWN));
    publish(DOWN, 50);
    publish(UP, 50);

    assertThat(take(50)).allMatch(delivery -> delivery.routingKey().equals(UP.name()));
    assertThat(broker.queueDepth(QueueNames.of(DOWN, Lane.NORMAL)))
        .as("what is beyond the prefetch")
        .isEqualTo(50 - PREFETCH);

    intake.pauseTypes(List.of());

    assertThat(take(50)).allMatch(delivery -> delivery.routingKey().equals(DOWN.name()));
  }

  @Test
  void letsGoWhatIsHeldForMinutesSoThatNoDeliveryGetsTooOld() throws Exception {
    intake.pauseTypes(List.of(DOWN));
    publish(DOWN, 1);
    publish(UP, 1);
    assertThat(take(1)).hasSize(1);

    now.set(Instant.EPOCH.plus(Duration.ofMinutes(5)));

    assertThat(take(1)).allMatch(delivery -> delivery.routingKey().equals(DOWN.name()));
  }

  @Test
  void handsNothingOutWhileItIsPausedAndEverythingAfterwards() throws Exception {
    publish(UP, 1);
    assertThat(take(1)).hasSize(1);
    intake.pause();
    publish(UP, 60);

    assertThat(intake.take(100, Duration.ofMillis(300))).isEmpty();
    assertThat(intake.isConsuming()).isFalse();
    intake.resume();

    assertThat(take(60)).hasSize(60);
    assertThat(intake.isConsuming()).isTrue();
  }

  @Test
  void givesBackWhatIsPausedAndTakesItOnceItIsResumed() throws Exception {
    publish(DOWN, 50);
    List<Delivery> atHand = takeWithoutAcknowledging(5);

    intake.leave(new Paused(Set.of(DOWN), Set.of()));
    publish(UP, 50);

    assertThat(take(50)).allMatch(delivery -> delivery.routingKey().equals(UP.name()));
    intake.acknowledge(atHand);
    awaitDepth(45);
    assertThat(intake.take(100, Duration.ofMillis(200))).isEmpty();
    assertThat(intake.isConsuming()).isTrue();

    intake.leave(Paused.NOTHING);

    assertThat(take(45)).allMatch(delivery -> delivery.routingKey().equals(DOWN.name()));
    awaitDepth(0);
  }

  @Test
  void acknowledgesWhatItTookBeforeThePauseThoughItIsResumedMeanwhile() throws Exception {
    publish(DOWN, 10);
    List<Delivery> atHand = takeWithoutAcknowledging(10);

    intake.leave(new Paused(Set.of(), Set.of(Lane.NORMAL)));
    intake.leave(Paused.NOTHING);
    intake.acknowledge(atHand);
    publish(DOWN, 3);

    assertThat(take(3)).noneMatch(Delivery::redelivered);
    intake.stop();
    awaitDepth(0);
  }

  @Test
  void beginsWithoutWhatIsPaused() throws Exception {
    AmqpIntake late = intake();
    late.leave(new Paused(Set.of(), Set.of(Lane.NORMAL)));
    intake.stop();
    late.start();
    publish(DOWN, 3);

    assertThat(late.take(10, Duration.ofMillis(500))).isEmpty();
    awaitDepth(3);
    late.stop();
  }

  private void awaitDepth(int messages) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (broker.queueDepth(QueueNames.of(DOWN, Lane.NORMAL)) != messages) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private void publish(JobType type, int messages) throws Exception {
    try (Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (int i = 0; i < messages; i++) {
        channel.basicPublish(
            ContractNames.JOBS,
            type.name(),
            MessageProperties.PERSISTENT_BASIC,
            "{}".getBytes(UTF_8));
      }
      channel.waitForConfirmsOrDie(30_000);
    }
  }

  /** Takes and acknowledges so many. */
  private List<Delivery> take(int count) throws InterruptedException {
    return take(count, intake::acknowledge);
  }

  private List<Delivery> takeWithoutAcknowledging(int count) throws InterruptedException {
    return take(count, _ -> {});
  }

  private List<Delivery> take(int count, Consumer<List<Delivery>> then)
      throws InterruptedException {
    List<Delivery> all = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (all.size() < count) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      List<Delivery> some = intake.take(count - all.size(), Duration.ofMillis(100));
      then.accept(some);
      all.addAll(some);
    }
    return all;
  }
}
