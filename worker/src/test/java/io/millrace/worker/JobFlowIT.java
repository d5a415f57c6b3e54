package io.millrace.worker;

import static io.millrace.worker.WorkerUnderTest.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DeliverCallback;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.client.contract.Outcome;
import io.millrace.client.contract.OutcomeEvent;
import io.millrace.client.contract.OutcomeEventReader;
import io.millrace.client.contract.Refusal;
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
import io.millrace.worker.signal.WorkerEvent.MessageRefused;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A job goes all the way, on a broker and a database, seen from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobFlowIT {

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final BlockingQueue<OutcomeEvent> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<AMQP.BasicProperties> replies = new LinkedBlockingQueue<>();
  private WorkerUnderTest worker;

  @BeforeAll
  void start() throws Exception {
    worker =
        WorkerUnderTest.start(
            broker.amqpUri(), database.jdbcUrl(), database.user(), database.password());
    Channel channel = worker.channel();
    String events = channel.queueDeclare("listener", false, true, true, Map.of()).getQueue();
    channel.queueBind(events, ContractNames.EVENTS, "job.#");
    OutcomeEventReader reader = new OutcomeEventReader();
    DeliverCallback hear = (_, delivery) -> outcomes.add(reader.read(delivery.getBody()));
    channel.basicConsume(events, true, hear, _ -> {});
    channel.queueDeclare("millrace.reply.test", false, true, true, Map.of());
    DeliverCallback reply = (_, delivery) -> replies.add(delivery.getProperties());
    channel.basicConsume("millrace.reply.test", true, reply, _ -> {});
  }

  /** What a closed connection has not acknowledged returns to its queue: nothing may. */
  @AfterAll
  void leavesNothingUnacknowledged() throws Exception {
    worker.close();
    assertThat(broker.queueDepth(QueueNames.of(new JobType("test.multiply"), Lane.NORMAL)))
        .isZero();
    assertThat(broker.queueDepth(QueueNames.of(new JobType("test.gate"), Lane.NORMAL))).isZero();
  }

  @Test
  void runsAJobAndTellsItsOutcome() throws Exception {
    worker.publish("test.multiply", "flow-1", "{\"left\":6,\"right\":7}");

    Job job = worker.awaitEnd("flow-1", JobState.SUCCEEDED);
    assertThat(job.ending().result()).asString(UTF_8).isEqualTo("{\"value\":42}");
    assertThat(job.standing().attempt()).isEqualTo(1);
    assertThat(job.times().createdAt())
        .isBeforeOrEqualTo(Objects.requireNonNull(job.times().startedAt()));
    OutcomeEvent outcome = outcomeOf("flow-1");
    assertThat(outcome.id()).isEqualTo(job.id() + "/1/succeeded");
    assertThat(outcome.outcome()).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void recordsWhyAJobFailed() throws Exception {
    worker.publish("test.multiply", "fails", "{\"left\":-1,\"right\":7}");

    Job job = worker.awaitEnd("fails", JobState.FAILED);
    assertThat(Objects.requireNonNull(job.ending().failure()).message())
        .isEqualTo("a negative factor has no product here");
    assertThat(worker.store().attempts(job.id()))
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.failure().kind()).endsWith("PermanentFailure");
              assertThat(attempt.failure().cause()).contains("TestHandlers$Multiply.calculate");
            });
    assertThat(outcomeOf("fails").outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void runsOnceWhatIsPublishedThreeTimesInARow() throws Exception {
    for (int i = 0; i < 3; i++) {
      worker.publish("test.multiply", "thrice", "{\"left\":6,\"right\":7}");
      worker.awaitEnd("thrice", JobState.SUCCEEDED);
    }

    worker.await(DuplicateRecognised.class, event -> event.job().equals(id("thrice")));
    assertThat(TestHandlers.RUNS).containsEntry("thrice", 1);
    assertThat(worker.count(WorkerEvent.JobEnded.class, e -> e.job().equals(id("thrice"))))
        .isEqualTo(1);
  }

  @Test
  void joinsRepeatsOfAJobThatIsRunning() throws Exception {
    for (int i = 0; i < 3; i++) {
      worker.publish("test.gate", "joined", "{\"gate\":\"joined\"}");
    }
    worker.await(DuplicateRecognised.class, event -> event.job().equals(id("joined")));
    worker.publish("test.gate", "joined", "{\"gate\":\"another\"}");
    worker.await(
        MessageRefused.class,
        event ->
            event.reason() == Refusal.MESSAGE_ID_REUSED
                && Objects.equals(event.messageId(), "joined"));

    TestHandlers.gate("joined").countDown();

    worker.awaitEnd("joined", JobState.SUCCEEDED);
    assertThat(TestHandlers.RUNS).containsEntry("joined", 1);
  }

  @Test
  void refusesAMessageIdThatBelongsToAnEndedJobWithAnotherPayload() throws Exception {
    worker.publish("test.multiply", "reused", "{\"left\":6,\"right\":7}");
    worker.awaitEnd("reused", JobState.SUCCEEDED);

    worker.publish("test.multiply", "reused", "{\"left\":6,\"right\":8}");

    MessageRefused refused =
        worker.await(MessageRefused.class, event -> Objects.equals(event.messageId(), "reused"));
    assertThat(refused.reason()).isEqualTo(Refusal.MESSAGE_ID_REUSED);
    assertThat(refused.explanation()).contains("give every job an id of its own");
  }

  @Test
  void givesARowToAJobThatTakesLonger() throws Exception {
    worker.publish("test.gate", "long", "{\"gate\":\"long\"}");

    Job running = awaitRow("long");
    assertThat(running.standing().state()).isEqualTo(JobState.RUNNING);
    TestHandlers.gate("long").countDown();

    Job ended = worker.awaitEnd("long", JobState.SUCCEEDED);
    assertThat(ended.standing().attempt()).isEqualTo(1);
    assertThat(TestHandlers.RUNS).containsEntry("long", 1);
  }

  @Test
  void doesNotStartWhatIsTooLateOrTooEarly() throws Exception {
    Instant now = Instant.now();
    worker.publish(
        "test.multiply",
        json("late")
            .headers(Map.of(ContractNames.DEADLINE, now.minusSeconds(1).toString()))
            .build(),
        "{\"left\":1,\"right\":1}".getBytes(UTF_8));
    worker.publish(
        "test.multiply",
        json("early")
            .headers(Map.of(ContractNames.NOT_BEFORE, now.plusSeconds(3_600).toString()))
            .build(),
        "{\"left\":1,\"right\":1}".getBytes(UTF_8));

    assertThat(outcomeOf("late").outcome()).isInstanceOf(Outcome.Expired.class);
    Job early = awaitRow("early");
    assertThat(early.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(early.standing().waitReason()).isEqualTo(WaitReason.SCHEDULED);
    assertThat(TestHandlers.RUNS).doesNotContainKeys("late", "early");
  }

  @Test
  void repliesWhereItMay() throws Exception {
    worker.publish(
        "test.multiply",
        json("reply").replyTo("millrace.reply.test").correlationId("c-1").build(),
        "{\"left\":1,\"right\":1}".getBytes(UTF_8));

    AMQP.BasicProperties reply = replies.poll(60, TimeUnit.SECONDS);
    assertThat(Objects.requireNonNull(reply).getCorrelationId()).isEqualTo("c-1");
  }

  @Test
  void takesOverFromADeadOwnerAndNotFromALivingOne() throws Exception {
    UUID silent = UUID.randomUUID();
    worker
        .jdbc()
        .sql(
            "INSERT INTO worker (incarnation, name, version, started_at, beat_at) VALUES (:id, 'silent', '1', now(), now())")
        .param("id", silent)
        .update();
    worker.publish("test.gate", "taken", "{\"gate\":\"taken\"}");
    awaitRow("taken");
    giveTo(silent, 5, "taken");

    worker.publish(
        "test.gate", "taken", "{\"gate\":\"taken\"}"); // joins the run that lost its lease
    TestHandlers.gate("taken").countDown();

    worker.await(WorkerEvent.CommitFenced.class, event -> event.job().equals(id("taken")));
    worker.await(WorkerEvent.DeliveryHeld.class, event -> event.job().equals(id("taken")));
    worker.await(WorkerEvent.WorkerDeclaredDead.class, event -> event.incarnation().equals(silent));
    worker.await(
        WorkerEvent.JobTakenOver.class,
        event -> event.job().equals(id("taken")) && event.attempt() == 6);
    Job job = worker.awaitEnd("taken", JobState.SUCCEEDED);
    assertThat(job.standing().attempt()).isEqualTo(6);
  }

  /** Its worker may have died between the commit and the announcement. */
  @Test
  void tellsAgainWhatEndedOnTheAttemptThatTheDispatcherSpeaksOf() throws Exception {
    worker.publish("test.multiply", "told", "{\"left\":6,\"right\":7}");
    Job job = worker.awaitEnd("told", JobState.SUCCEEDED);
    String first = outcomeOf("told").id();

    dispatch(job, 1);

    assertThat(outcomeOf("told").id()).isEqualTo(first);
  }

  /** The word that it acknowledges is all that would have made sure of the announcement. */
  @Test
  void hasTheDispatcherTellTheEndOfAnAttemptThatRunsElsewhere() throws Exception {
    worker.publish("test.multiply", "elsewhere", "{\"left\":6,\"right\":7}");
    Job job = worker.awaitEnd("elsewhere", JobState.SUCCEEDED);
    worker
        .jdbc()
        .sql(
            "UPDATE job SET state = 'RUNNING', attempt = 7, owner = :other, result = NULL, finished_at = NULL WHERE id = :id")
        .param("other", UUID.randomUUID())
        .param("id", job.id().value())
        .update();

    dispatch(job, 7);

    worker.await(DuplicateRecognised.class, event -> event.job().equals(job.id()));
    assertThat(
            worker
                .jdbc()
                .sql("SELECT announce_due FROM job WHERE id = :id")
                .param("id", job.id().value())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private void dispatch(Job job, int attempt) throws Exception {
    OutboundMessage word = new DispatchMessage(job.id(), attempt).to(job.order().type());
    worker
        .channel()
        .basicPublish(word.exchange(), word.routingKey(), word.properties(), word.body());
  }

  private void giveTo(UUID owner, int attempt, String messageId) {
    assertThat(
            worker
                .jdbc()
                .sql("UPDATE job SET owner = :owner, attempt = :attempt WHERE id = :id")
                .param("owner", owner)
                .param("attempt", attempt)
                .param("id", id(messageId).value())
                .update())
        .isEqualTo(1);
  }

  private Job awaitRow(String messageId) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      var found = worker.store().find(id(messageId));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("no row for " + messageId);
  }

  private OutcomeEvent outcomeOf(String messageId) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      OutcomeEvent event = outcomes.poll(1, TimeUnit.SECONDS);
      if (event != null && messageId.equals(event.job().messageId())) {
        return event;
      }
    }
    throw new AssertionError("no outcome of " + messageId);
  }

  private static JobId id(String messageId) {
    return JobId.of("default", messageId);
  }
}
