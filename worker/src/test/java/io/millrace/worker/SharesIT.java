package io.millrace.worker;

import static io.millrace.worker.WorkerUnderTest.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvent.DuplicateRecognised;
import io.millrace.worker.signal.WorkerEvent.JobEnded;
import io.millrace.worker.signal.WorkerEvent.OthersGoFirst;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker whose tenants have a share of one job of each type, and no dispatcher. */
class SharesIT {

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private WorkerUnderTest worker;
  private String gate = "";

  @BeforeEach
  void start() throws Exception {
    gate = "gate-" + System.nanoTime();
    worker =
        WorkerUnderTest.start(
            broker.amqpUri(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            "millrace.worker.threads=4",
            "millrace.shares.types.test.gate=1");
    publish("first", Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    TestHandlers.gate(gate).countDown();
    worker.close();
    assertThat(broker.queueDepth(QueueNames.of(new JobType("test.gate"), Lane.NORMAL))).isZero();
  }

  @Test
  void leavesToItsRowWhatIsBeyondTheShareAndNothingElse() throws Exception {
    publish("beyond", Map.of());
    publish("other", Map.of(ContractNames.TENANT, "zebra"));
    worker.publish("test.multiply", "product", "{\"left\":6,\"right\":7}");

    Job second = awaitBeyond("beyond");
    assertThat(second.standing().waitReason()).isEqualTo(WaitReason.SHARE);
    assertThat(second.standing().dueAt()).isBeforeOrEqualTo(Instant.now());
    worker.awaitEnd("product", JobState.SUCCEEDED);
    TestHandlers.gate(gate).countDown();
    worker.awaitEnd("first", JobState.SUCCEEDED);
    worker.await(JobEnded.class, event -> event.job().equals(JobId.of("zebra", "other")));
    assertThat(TestHandlers.RUNS).doesNotContainKey("beyond");
    assertThat(worker.count(OthersGoFirst.class, _ -> true)).isEqualTo(1);
  }

  @Test
  void recognisesARepeatOfWhatWaits() throws Exception {
    publish("second", Map.of());
    Job second = awaitBeyond("second");

    publish("second", Map.of());

    worker.await(DuplicateRecognised.class, event -> event.job().equals(second.id()));
    assertThat(found("second").standing()).isEqualTo(second.standing());
  }

  @Test
  void runsWhatTheDispatcherSendsAlsoBeyondTheShare() throws Exception {
    publish("second", Map.of());
    Job second = awaitBeyond("second");
    worker
        .jdbc()
        .sql(
            """
            UPDATE job SET state = 'QUEUED', wait_reason = NULL, due_at = NULL, queued_at = now() WHERE id = :id
            """)
        .param("id", second.id().value())
        .update();

    OutboundMessage word = new DispatchMessage(second.id(), 1).to(second.order().type());
    worker
        .channel()
        .basicPublish(word.exchange(), word.routingKey(), word.properties(), word.body());
    awaitState("second", JobState.RUNNING);
    publish("third", Map.of());
    awaitBeyond("third");
    TestHandlers.gate(gate).countDown();

    worker.awaitEnd("second", JobState.SUCCEEDED);
    worker.awaitEnd("first", JobState.SUCCEEDED);
    assertThat(found("third").standing().state()).isEqualTo(JobState.WAITING);
  }

  @Test
  void hasRoomAgainOnceWhatWasAtHandHasLeft() throws Exception {
    TestHandlers.gate(gate).countDown();
    worker.awaitEnd("first", JobState.SUCCEEDED);

    String next;
    int tries = 0;
    do { // it leaves with its acknowledgement, soon after its end
      next = "next-" + tries;
      publish(next, Map.of());
      assertThat(++tries).isLessThan(1_000);
    } while (awaitEndOrBeyond(id(next)) instanceof OthersGoFirst);

    assertThat(found(next).standing().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void heedsTimesAndUniqueKeysBeyondTheShare() throws Exception {
    Instant now = Instant.now();
    publish("early", Map.of(ContractNames.NOT_BEFORE, now.plusSeconds(3_600).toString()));
    publish("late", Map.of(ContractNames.DEADLINE, now.minusSeconds(1).toString()));
    publish("unique", Map.of(ContractNames.UNIQUE_KEY, "only one"));
    Job unique = awaitBeyond("unique");
    publish("copy", Map.of(ContractNames.UNIQUE_KEY, "only one"));
    publish("in time", Map.of(ContractNames.DEADLINE, now.plusSeconds(3_600).toString()));

    assertThat(awaitBeyond("in time").order().options().deadline()).isNotNull();
    assertThat(worker.awaitEnd("late", JobState.EXPIRED).times().startedAt()).isNull();
    Job copy = worker.awaitEnd("copy", JobState.CANCELLED);
    assertThat(copy.ending().duplicateOf()).isEqualTo(id("unique"));
    assertThat(unique.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(found("early").standing().waitReason()).isEqualTo(WaitReason.SCHEDULED);
  }

  private void publish(String messageId, Map<String, Object> headers) throws Exception {
    worker.publish(
        "test.gate",
        json(messageId).headers(new HashMap<>(headers)).build(),
        "{\"gate\":\"%s\"}".formatted(gate).getBytes(UTF_8));
  }

  private Job awaitBeyond(String messageId) throws InterruptedException {
    worker.await(OthersGoFirst.class, event -> event.job().equals(id(messageId)));
    return found(messageId);
  }

  private void awaitState(String messageId, JobState state) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (found(messageId).standing().state() != state) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
    }
  }

  private WorkerEvent awaitEndOrBeyond(JobId job) throws InterruptedException {
    return worker.await(
        WorkerEvent.class,
        event ->
            event instanceof JobEnded ended && ended.job().equals(job)
                || event instanceof OthersGoFirst beyond && beyond.job().equals(job));
  }

  private Job found(String messageId) {
    return worker.store().find(id(messageId)).orElseThrow();
  }

  private static JobId id(String messageId) {
    return JobId.of("default", messageId);
  }
}
