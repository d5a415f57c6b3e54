package io.millrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobProgress;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.signal.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.transaction.support.TransactionOperations;

/** What becomes of jobs whose handlers write, run for too long, or are called off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandlersAtWorkIT {

  private final TestBroker broker = TestBroker.fresh();
  private final TestDatabase database = TestDatabase.fresh();
  private WorkerUnderTest worker;

  @BeforeAll
  void start() throws Exception {
    worker =
        WorkerUnderTest.start(
            broker.amqpUri(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            "millrace.worker.threads=4",
            "millrace.time-limit.types.test.endless=500ms",
            "millrace.time-limit.grace=500ms",
            "millrace.retry.attempts=2",
            "millrace.retry.first-delay=1ms",
            "millrace.settlement.acknowledge-after=1s",
            "millrace.worker.stalled-after=1s",
            "millrace.concurrency.types.test.order=1");
    worker.jdbc().sql("CREATE TABLE account (job uuid NOT NULL, amount bigint NOT NULL)").update();
  }

  @AfterAll
  void stop() {
    worker.close();
    broker.close();
    database.close();
  }

  @BeforeEach
  void forget() {
    worker.forget();
    TestHandlers.RUNS.clear();
  }

  @Test
  void commitsTheEffectTogetherWithTheSuccess() throws Exception {
    worker.publish("test.deposit", "deposit-1", "{\"amount\":5,\"end\":\"well\"}");
    worker.publish("test.deposit", "deposit-1", "{\"amount\":5,\"end\":\"well\"}");

    Job job = worker.awaitEnd("deposit-1", JobState.SUCCEEDED);

    assertThat(new String(Objects.requireNonNull(job.ending().result()), UTF_8))
        .isEqualTo("{\"value\":5}");
    assertThat(effects("deposit-1")).isEqualTo(1);
  }

  @Test
  void undoesTheEffectOfAFailure() throws Exception {
    worker.publish("test.deposit", "deposit-2", "{\"amount\":5,\"end\":\"fails\"}");

    Job job = worker.awaitEnd("deposit-2", JobState.FAILED);

    assertThat(Objects.requireNonNull(job.ending().failure()).message())
        .isEqualTo("after the effect");
    assertThat(effects("deposit-2")).isZero();
  }

  @Test
  void letsNoHandlerCommit() throws Exception {
    worker.publish("test.deposit", "deposit-3", "{\"amount\":5,\"end\":\"commits\"}");

    WorkerEvent.AttemptFailed failed =
        worker.await(WorkerEvent.AttemptFailed.class, event -> event.job().equals(id("deposit-3")));

    assertThat(failed.reason()).isEqualTo("java.sql.SQLException");
    assertThat(effects("deposit-3")).isZero();
  }

  @Test
  void failsAHandlerThatGoesOnAfterItsStatementFailed() throws Exception {
    worker.publish("test.deposit", "deposit-5", "{\"amount\":5,\"end\":\"swallows\"}");

    WorkerEvent.AttemptFailed failed =
        worker.await(WorkerEvent.AttemptFailed.class, event -> event.job().equals(id("deposit-5")));

    assertThat(failed.reason()).isEqualTo("TRANSACTION_ABORTED");
    assertThat(TestHandlers.RUNS).containsEntry("deposit-5", 1);
    assertThat(effects("deposit-5")).isZero();
  }

  @Test
  void refusesTheCommitOfOneThatIsNoLongerTheOwner() throws Exception {
    worker.publish("test.deposit", "deposit-4", "{\"amount\":5,\"end\":\"waits\"}");
    awaitRun("deposit-4");
    Job running = worker.store().find(id("deposit-4")).orElseThrow();

    assertThat(worker.store().change(List.of(end(running)))).isNotEmpty();
    TestHandlers.gate("deposit-4").countDown();

    worker.await(WorkerEvent.CommitFenced.class, event -> event.job().equals(running.id()));
    assertThat(effects("deposit-4")).isZero();
    assertThat(state("deposit-4")).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void saysHowFarAHandlerIsWhileItRuns() throws Exception {
    worker.publish("test.gate", "long-way", "{\"gate\":\"long-way\"}");
    await(() -> worker.store().progress(id("long-way")).isPresent());
    JobProgress progress = worker.store().progress(id("long-way")).orElseThrow();

    TestHandlers.gate("long-way").countDown();
    await(() -> state("long-way") == JobState.SUCCEEDED);

    assertThat(progress.done()).isEqualTo(0.25);
    assertThat(progress.note()).isEqualTo("at the gate long-way");
    assertThat(worker.store().progress(id("long-way"))).isEmpty();
  }

  @Test
  void stopsAHandlerThatRunsForTooLong() throws Exception {
    worker.publish("test.endless", "endless-1", "{\"heeds\":true}");

    WorkerEvent.AttemptFailed failed =
        worker.await(WorkerEvent.AttemptFailed.class, event -> event.job().equals(id("endless-1")));

    assertThat(failed.reason()).isEqualTo("TIMED_OUT");
    AttemptFailure attempt = worker.store().attempts(id("endless-1")).getFirst();
    assertThat(attempt.failure().message()).contains("PT0.5S");
    assertThat(attempt.failure().cause()).contains("InterruptedException");
    assertThat(worker.store().find(id("endless-1")).orElseThrow().standing().waitReason())
        .isEqualTo(WaitReason.RETRY);
  }

  @Test
  void goesOnWithoutAHandlerThatDoesNotStop() throws Exception {
    worker.publish("test.endless", "endless-2", "{\"heeds\":false}");

    worker.await(WorkerEvent.HandlerGivenUp.class, event -> event.job().equals(id("endless-2")));
    worker.await(WorkerEvent.AttemptFailed.class, event -> event.job().equals(id("endless-2")));
    worker.publish("test.multiply", "beside-1", "{\"left\":2,\"right\":3}");
    worker.awaitEnd("beside-1", JobState.SUCCEEDED);
    TestHandlers.gate("endless-2").countDown();

    assertThat(worker.store().attempts(id("endless-2"))).hasSize(1);
    assertThat(TestHandlers.RUNS).containsEntry("endless-2", 1);
  }

  @Test
  void interruptsTheHandlerOfACancelledJob() throws Exception {
    worker.publish("test.gate", "cancelled-1", "{\"gate\":\"never\"}");
    awaitRow("cancelled-1");
    Job running = worker.store().find(id("cancelled-1")).orElseThrow();

    worker.store().change(List.of(end(running)));
    worker
        .jdbc()
        .sql("SELECT pg_notify('millrace_cancelled', :id)")
        .param("id", running.id().toString())
        .query(row -> {});

    worker.await(WorkerEvent.HandlerInterrupted.class, event -> event.job().equals(running.id()));
    awaitEmpty("test.gate");
    assertThat(state("cancelled-1")).isEqualTo(JobState.CANCELLED);
    assertThat(worker.count(WorkerEvent.CommitFenced.class, _ -> true)).isZero();
  }

  @Test
  void acknowledgesALongJobBeforeItsEnd() throws Exception {
    worker.publish("test.gate", "long-1", "{\"gate\":\"long-1\"}");

    worker.await(WorkerEvent.AcknowledgedEarly.class, _ -> true);
    assertThat(announceDue("long-1")).isTrue();
    TestHandlers.gate("long-1").countDown();

    worker.awaitEnd("long-1", JobState.SUCCEEDED);
    assertThat(announceDue("long-1")).as("the dispatcher's to announce").isTrue();
  }

  @Test
  void cancelsASecondJobWithTheUniqueKeyOfOneOnItsWay() throws Exception {
    worker.publish(
        "test.gate", keyed("unique-1", "millrace-unique-key"), bytes("{\"gate\":\"unique\"}"));
    awaitRow("unique-1");
    worker.publish(
        "test.gate", keyed("unique-2", "millrace-unique-key"), bytes("{\"gate\":\"unique\"}"));
    awaitRow("unique-2");

    Job second = worker.store().find(id("unique-2")).orElseThrow();
    assertThat(second.standing().state()).isEqualTo(JobState.CANCELLED);
    assertThat(second.ending().duplicateOf()).isEqualTo(id("unique-1"));

    TestHandlers.gate("unique").countDown();
    worker.awaitEnd("unique-1", JobState.SUCCEEDED);
    worker.publish(
        "test.gate", keyed("unique-3", "millrace-unique-key"), bytes("{\"gate\":\"unique\"}"));
    worker.awaitEnd("unique-3", JobState.SUCCEEDED);
  }

  @Test
  void letsAJobWithALimitedKeyWaitForItsTurn() throws Exception {
    worker.publish(
        "test.order",
        keyed("turn-1", "millrace-concurrency-key"),
        bytes("{\"item\":\"book\",\"count\":2}"));
    awaitRow("turn-1");

    Job job = worker.store().find(id("turn-1")).orElseThrow();
    assertThat(job.standing().waitReason()).isEqualTo(WaitReason.CONCURRENCY);
    awaitEmpty("test.order");

    // What the dispatcher does: lock, publish, then commit. The worker gets the message first.
    Standing queued = new Standing(JobState.QUEUED, null, null, 1, null);
    worker
        .bean("transactionTemplate", TransactionOperations.class)
        .executeWithoutResult(
            _ -> {
              worker.store().lock(List.of(job.id()));
              dispatch(job, 1);
              worker
                  .store()
                  .change(
                      List.of(
                          new JobChange(
                              job.id(),
                              job.order().type(),
                              job.standing(),
                              queued,
                              null,
                              null,
                              Setbacks.NONE,
                              Job.Ending.NONE,
                              false)));
            });
    worker.awaitEnd("turn-1", JobState.SUCCEEDED);
    dispatch(job, 1);
    worker.await(WorkerEvent.DuplicateRecognised.class, event -> event.job().equals(job.id()));
  }

  @Test
  void saysThatItIsNotAliveWhenJobsWaitAndNothingMoves() throws Exception {
    HealthIndicator progress = worker.bean("progressHealthIndicator", HealthIndicator.class);
    assertThat(status(progress)).isEqualTo(Status.UP);
    for (int i = 0; i < 8; i++) { // more than there are threads, or were a moment ago
      worker.publish("test.gate", "stalled-" + i, "{\"gate\":\"stalled\"}");
    }

    await(() -> Status.DOWN.equals(status(progress)));

    TestHandlers.gate("stalled").countDown();
    await(() -> Status.UP.equals(status(progress)));
  }

  private static Status status(HealthIndicator indicator) {
    return Objects.requireNonNull(indicator.health()).getStatus();
  }

  private void dispatch(Job job, int attempt) {
    OutboundMessage message = new DispatchMessage(job.id(), attempt).to(job.order().type());
    try {
      worker.channel().basicPublish("", message.routingKey(), message.properties(), message.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JobChange end(Job running) {
    return new JobChange(
        running.id(),
        running.order().type(),
        running.standing(),
        new Standing(JobState.CANCELLED, null, null, running.standing().attempt(), null),
        running.times().startedAt(),
        running.times().createdAt(),
        Setbacks.NONE,
        Job.Ending.NONE,
        true);
  }

  private static AMQP.BasicProperties keyed(String messageId, String header) {
    return WorkerUnderTest.json(messageId).headers(Map.of(header, "k")).build();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private static JobId id(String messageId) {
    return JobId.of("default", messageId);
  }

  private JobState state(String messageId) {
    return worker.store().find(id(messageId)).orElseThrow().standing().state();
  }

  private int effects(String messageId) {
    UUID id = id(messageId).value();
    return worker
        .jdbc()
        .sql("SELECT count(*) FROM account WHERE job = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  private boolean announceDue(String messageId) {
    return worker
        .jdbc()
        .sql("SELECT announce_due FROM job WHERE id = :id")
        .param("id", id(messageId).value())
        .query(Boolean.class)
        .single();
  }

  private void awaitRun(String messageId) throws InterruptedException {
    await(() -> TestHandlers.RUNS.containsKey(messageId));
  }

  private void awaitRow(String messageId) throws InterruptedException {
    await(() -> worker.store().find(id(messageId)).isPresent());
  }

  private void awaitEmpty(String type) throws InterruptedException {
    String queue = QueueNames.of(new JobType(type), Lane.NORMAL);
    await(() -> broker.queueDepth(queue) == 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
