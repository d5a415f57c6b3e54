package io.millrace.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchPartition;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.SkippedItem;
import io.millrace.testing.Await;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine of the batches, in this process, on a real database. */
class BatchEngineIT {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private volatile CountingBatch.Trouble trouble = number -> number;
  private BatchNode node = node();

  private BatchNode node(String... settings) {
    return BatchNode.start(
        database.jdbcUrl(),
        database.user(),
        database.password(),
        source -> CountingBatch.job(source, 100, number -> trouble.process(number)),
        settings);
  }

  @BeforeEach
  void table() {
    CountingBatch.createTable(node.jdbc());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void doesAllPartitionsAndChecksTheTotals() {
    UUID run = request(Map.of("numbers", "5000", "partitions", "7"));

    BatchRun ended = awaitEnd(run);

    assertThat(ended.state()).as(ended.message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(5_000);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(5_000);
    assertThat(ended.progress().done()).isEqualTo(5_000);
    assertThat(ended.progress().total()).isEqualTo(5_000);
    assertThat(node.runs().partitions(run))
        .hasSize(7)
        .allMatch(partition -> partition.status().equals("COMPLETED"))
        .extracting(BatchPartition::name)
        .startsWith("part-0", "part-1");
    assertThat(node.runs().totals(run)).singleElement().matches(total -> total.matches());
    assertThat(node.events()).hasAtLeastOneElementOfType(BatchEvent.RunCompleted.class);
  }

  @Test
  void twoSchedulersShareTheWork() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch four = new CountDownLatch(4);
    trouble =
        number -> {
          if (threads.add(Thread.currentThread())) {
            four.countDown();
          }
          four.await(); // nobody goes on before all four partitions have begun
          return number;
        };
    try (BatchNode _ = node()) {
      UUID run = request(Map.of("numbers", "1000"));

      assertThat(awaitEnd(run).state()).isEqualTo(BatchRunState.COMPLETED);
      assertThat(node.runs().partitions(run).stream().map(BatchPartition::owner).distinct().count())
          .isEqualTo(2);
    }
  }

  @Test
  void leavesOutWhatFailsAndListsIt() {
    trouble =
        number -> {
          if (number == 150 || number == 777) {
            throw new IllegalArgumentException("no " + number);
          }
          return number;
        };
    UUID run = request(Map.of("numbers", "1000", "expected", "998"));

    BatchRun ended = awaitEnd(run);

    assertThat(ended.state()).as(ended.message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(ended.progress().skipped()).isEqualTo(2);
    assertThat(node.runs().skipped(run, 10))
        .extracting(SkippedItem::item, SkippedItem::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("150", "IllegalArgumentException: no 150"),
            org.assertj.core.groups.Tuple.tuple("777", "IllegalArgumentException: no 777"));
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(998);
  }

  @Test
  void failsLoudlyIfTheTotalsDoNotMatchAndDoesNotBeginAgain() {
    UUID run = request(Map.of("numbers", "100", "expected", "99"));

    BatchRun ended = awaitEnd(run);

    assertThat(ended.state()).isEqualTo(BatchRunState.FAILED);
    assertThat(ended.message()).contains("numbers should be 99, but is 100");
    assertThat(ended.begun()).isEqualTo(1);
    assertThat(node.events()).hasAtLeastOneElementOfType(BatchEvent.RunFailed.class);
  }

  @Test
  void beginsAgainByItselfWhereItWas() {
    AtomicInteger failures = new AtomicInteger();
    trouble =
        number -> {
          if (number == 450 && failures.incrementAndGet() <= 2) {
            throw new IllegalStateException("not yet");
          }
          return number;
        };
    UUID run = request(Map.of("numbers", "1000", "partitions", "2"));

    BatchRun ended = awaitEnd(run);

    assertThat(ended.state()).as(ended.message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(ended.begun()).isEqualTo(3);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(1_000);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(1_000);
    assertThat(ended.progress().done()).as("none counted twice").isEqualTo(1_000);
  }

  @Test
  void givesUpAfterSoManyRestartsAndGoesOnWhenSomebodyRestartsIt() {
    node.close();
    node = node("--millrace.batch.restarts=1");
    trouble =
        number -> {
          if (number == 450) {
            throw new IllegalStateException("never");
          }
          return number;
        };
    UUID run = request(Map.of("numbers", "1000", "partitions", "2"));
    BatchRun failed = awaitEnd(run);
    assertThat(failed.state()).isEqualTo(BatchRunState.FAILED);
    assertThat(failed.message())
        .contains("begun 2 times")
        .contains("partition part-0 of step count")
        .contains("never");

    trouble = number -> number;
    node.runs().restart(run);

    assertThat(awaitEnd(run).state()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(1_000);
  }

  @Test
  void stopsAtTheEndOfAChunkAndGoesOnWhereItWas() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    trouble =
        number -> {
          if (number == 350) {
            reached.countDown();
            stopped.await();
          }
          return number;
        };
    UUID run = request(Map.of("numbers", "1000", "partitions", "1"));
    reached.await();
    node.runs().stop(run);
    assertThat(
            Await.until(
                () ->
                    node.jdbc()
                        .sql("SELECT status IN ('STOPPING', 'STOPPED') FROM batch_job_execution")
                        .query(Boolean.class)
                        .single(),
                PATIENCE))
        .isTrue();
    stopped.countDown();
    assertThat(awaitEnd(run).state()).isEqualTo(BatchRunState.STOPPED);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(400);

    node.runs().restart(run);

    assertThat(awaitEnd(run).state()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(1_000);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(1_000);
  }

  @Test
  void aSchedulerThatStopsLeavesItsWorkToOthersAtOnceAndThatCountsAsNoRestart() throws Exception {
    node.close();
    node = node("--millrace.batch.restarts=0");
    CountDownLatch reached = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    trouble =
        number -> {
          if (number % 500 == 250) {
            reached.countDown();
            goOn.await();
          }
          return number;
        };
    UUID run = request(Map.of("numbers", "1000", "partitions", "2"));
    reached.await();
    trouble = number -> number;
    Thread stopping = Thread.ofVirtual().start(node::close);
    goOn.countDown();
    stopping.join();

    node = node("--millrace.batch.restarts=0");

    assertThat(awaitEnd(run).state()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(1_000);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(1_000);
  }

  @Test
  void aPartitionThatASchedulerLeavesAsItIsStoppedCountsAsNoAttempt() throws Exception {
    node.close();
    node = node("--millrace.batch.restarts=0");
    CountDownLatch goOn = new CountDownLatch(1);
    trouble =
        number -> {
          goOn.await();
          return number;
        };
    UUID run = request(Map.of("numbers", "64000", "partitions", "64"));
    assertThat(Await.until(() -> owners(run).size() == 1, PATIENCE)).isTrue();

    BatchNode other = node("--millrace.batch.restarts=0");
    assertThat(Await.until(() -> owners(run).size() == 2, PATIENCE)).isTrue();
    Thread stopping = Thread.ofVirtual().start(other::close);
    assertThat(Await.until(() -> waits(stopping), PATIENCE)).isTrue(); // for the chunk at hand
    goOn.countDown();
    stopping.join();

    assertThat(other.events()).anyMatch(BatchEvent.PartitionLeft.class::isInstance);
    assertThat(awaitEnd(run).state()).as(find(run).message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.different(node.jdbc())).isEqualTo(64_000);
    assertThat(CountingBatch.counted(node.jdbc())).isEqualTo(64_000);
  }

  private static boolean waits(Thread thread) {
    return EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
  }

  private Set<String> owners(UUID run) {
    return node.runs().partitions(run).stream()
        .map(BatchPartition::owner)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private UUID request(Map<String, String> parameters) {
    assertThat(Await.until(() -> !node.runs().jobs().isEmpty(), PATIENCE)).isTrue();
    BatchRequest request = node.runs().request(CountingBatch.NAME, parameters, TODAY, "test");
    assertThat(request).isInstanceOf(BatchRequest.Accepted.class);
    return ((BatchRequest.Accepted) request).run().id();
  }

  private BatchRun awaitEnd(UUID run) {
    assertThat(Await.until(() -> find(run).endedAt() != null, PATIENCE))
        .as(() -> find(run) + " " + node.events())
        .isTrue();
    return find(run);
  }

  private BatchRun find(UUID run) {
    return node.runs().find(run).orElseThrow();
  }
}
