package io.millrace.scheduler.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.broker.Topology;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.pause.PausedPart;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.PauseStore;
import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dispatcher on real servers, without workers. */
class DispatcherIT {

  private static final JobType TYPE = new JobType("test.job");
  private static final JobType LIMITED = new JobType("limited");
  private static final UUID WORKER = new UUID(4, 2);

  private final TestBroker broker = TestBroker.fresh();
  private final TestDatabase database = TestDatabase.fresh();
  private Connection connection;
  private Channel channel;
  private ConfigurableApplicationContext scheduler;

  @BeforeEach
  void start() throws Exception {
    connection = broker.connect();
    Topology.declareCommon(connection);
    Topology.declareTypes(connection, Set.of(TYPE, LIMITED));
    channel = connection.createChannel();
    scheduler = scheduler();
  }

  @AfterEach
  void stop() {
    scheduler.close();
    connection.abort();
    broker.close();
    database.close();
  }

  @Test
  void publishesWhatIsDueAndNothingElse() throws Exception {
    Job due = insert(job("due", TYPE, waiting(now())));
    Job later = insert(job("later", TYPE, waiting(now().plusSeconds(3_600))));

    assertThat(takeMessage(TYPE)).isEqualTo(new DispatchMessage(due.id(), 1));

    awaitState(due, JobState.QUEUED);
    assertThat(state(later)).isEqualTo(JobState.WAITING);
    assertThat(channel.basicGet(QueueNames.dispatch(TYPE), true)).isNull();
  }

  @Test
  void publishesToATypeThatNoWorkerHasYet() throws Exception {
    JobType unknown = new JobType("nobody.has.it");
    Job due = insert(job("due", unknown, waiting(now())));

    awaitState(due, JobState.QUEUED);

    assertThat(takeMessage(unknown)).isEqualTo(new DispatchMessage(due.id(), 1));
  }

  @Test
  void letsNobodyWaitForAnothersThousands() throws Exception {
    scheduler.close();
    List<Job> crowd =
        IntStream.range(0, 3_000)
            .mapToObj(
                i -> job("crowd", "c" + i, TYPE, waiting(now().minusSeconds(60)), JobOptions.NONE))
            .toList();
    List<Job> few =
        IntStream.range(0, 10)
            .mapToObj(i -> job("few", "f" + i, TYPE, waiting(now()), JobOptions.NONE))
            .toList();
    insert(crowd);
    insert(few);
    scheduler = scheduler("--millrace.dispatcher.window=100");

    Set<JobId> first = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      first.add(takeMessage(TYPE).job());
    }

    assertThat(first).containsAll(few.stream().map(Job::id).toList());
    assertThat(channel.basicGet(QueueNames.dispatch(TYPE), true))
        .as("what is beyond the window, none of which has begun")
        .isNull();
  }

  @Test
  void letsOnlySoManyOfAKeyGo() throws Exception {
    JobOptions keyed = options(null, "printer");
    List<Job> jobs =
        IntStream.range(0, 5)
            .mapToObj(i -> job("acme", "k" + i, LIMITED, waiting(now()), keyed))
            .toList();
    insert(jobs);

    JobId first = takeMessage(LIMITED).job();
    JobId second = takeMessage(LIMITED).job();
    await(() -> jobs.stream().filter(job -> waitsInTurn(job)).count() == 3);
    assertThat(channel.basicGet(QueueNames.dispatch(LIMITED), true)).isNull();

    end(first);
    JobId third = takeMessage(LIMITED).job();
    assertThat(Set.of(first, second, third)).hasSize(3);
  }

  @Test
  void endsWhatIsTooLateAndAnnouncesIt() throws Exception {
    channel.queueDeclare("events", false, false, false, null);
    channel.queueBind("events", ContractNames.EVENTS, "job.expired.#");
    Job late =
        insert(job("acme", "late", TYPE, waiting(now().plusSeconds(60)), options(now(), null)));

    awaitState(late, JobState.EXPIRED);

    GetResponse event = awaitMessage("events");
    assertThat(new String(event.getBody(), UTF_8)).contains(late.id().toString(), "expired");
    await(() -> !announceDue(late));
  }

  @Test
  void revivesTheJobsOfADeadWorkerAndConvictsTheOneThatRanAlone() throws Exception {
    WorkerStore workers = scheduler.getBean(WorkerStore.class);
    workers.register(WORKER, "w", "1", now());
    Standing running = Standing.running(new LeaseToken(WORKER, 3));
    Job innocent = insert(job("innocent", TYPE, running));
    Job suspect = insert(job("suspect", TYPE, running));
    JobStore jobs = scheduler.getBean(JobStore.class);
    jobs.leaveToDispatcher(List.of(innocent.id(), suspect.id()));
    jobs.runsAlone(suspect.id(), new LeaseToken(WORKER, 3));

    workers.declareDead(WORKER, 0, now());

    assertThat(takeMessage(TYPE)).isEqualTo(new DispatchMessage(innocent.id(), 4));
    awaitState(suspect, JobState.FAILED);
    Job convicted = jobs.find(suspect.id()).orElseThrow();
    assertThat(convicted.ending().failure()).isNotNull();
    assertThat(convicted.setbacks().crashes()).isEqualTo(1);
    assertThat(jobs.attempts(suspect.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.failure().kind()).isEqualTo("WORKER_DIED"));
    assertThat(jobs.find(innocent.id()).orElseThrow().setbacks())
        .isEqualTo(new Setbacks(0, 1, null));
  }

  @Test
  void publishesAgainWhatTheBrokerHasLost() throws Exception {
    scheduler.close();
    scheduler = scheduler("--millrace.dispatcher.lost-after=1s");
    Job due = insert(job("due", TYPE, waiting(now())));
    takeMessage(TYPE); // and nobody begins it

    assertThat(takeMessage(TYPE)).isEqualTo(new DispatchMessage(due.id(), 1));
  }

  @Test
  void goesOnByItselfWhenEveryConnectionWasCut() throws Exception {
    insert(job("before", TYPE, waiting(now())));
    takeMessage(TYPE);

    broker.closeAllConnections();
    connection = broker.connect();
    channel = connection.createChannel();
    Job after = insert(job("after", TYPE, waiting(now())));

    assertThat(takeMessage(TYPE)).isEqualTo(new DispatchMessage(after.id(), 1));
    awaitState(after, JobState.QUEUED);
  }

  @Test
  void setsAsideWhatIsPausedUntilItIsResumed() throws Exception {
    PauseStore pauses = scheduler.getBean(PauseStore.class);
    pauses.pause(new PausedPart.OfType(LIMITED), "mara", "the printer burns");
    pauses.pause(new PausedPart.OfLane(Lane.LOW), "mara", "the night needs the room");
    Job ofTheType = insert(job("type", LIMITED, waiting(now())));
    Job inTurn = insert(job("acme", "turn", LIMITED, waiting(now()), options(null, "printer")));
    Job ofTheLane = insert(job("acme", "lane", TYPE, waiting(now()), ofLane(Lane.LOW)));
    Job other = insert(job("other", TYPE, waiting(now())));

    assertThat(takeMessage(TYPE).job()).isEqualTo(other.id());
    await(() -> isSetAside(ofTheType) && isSetAside(inTurn) && isSetAside(ofTheLane));
    assertThat(pauses.resume(new PausedPart.OfLane(Lane.LOW))).isTrue();
    assertThat(takeMessage(TYPE).job()).isEqualTo(ofTheLane.id());
    assertThat(isSetAside(ofTheType)).isTrue();
    assertThat(pauses.resume(new PausedPart.OfType(LIMITED))).isTrue();

    assertThat(Set.of(takeMessage(LIMITED).job(), takeMessage(LIMITED).job()))
        .containsExactlyInAnyOrder(ofTheType.id(), inTurn.id());
  }

  @Test
  void endsWhatIsTooLateThoughItIsPaused() throws Exception {
    scheduler
        .getBean(PauseStore.class)
        .pause(new PausedPart.OfType(TYPE), "mara", "the printer burns");
    Instant deadline = now().plusSeconds(2);
    Job late = insert(job("acme", "late", TYPE, waiting(now()), options(deadline, null)));

    await(() -> isSetAside(late));

    awaitState(late, JobState.EXPIRED);
  }

  @Test
  void publishesNothingAgainThatNobodyIsToTake() throws Exception {
    scheduler.close();
    scheduler = scheduler("--millrace.dispatcher.lost-after=1s");
    Job due = insert(job("due", TYPE, waiting(now())));
    takeMessage(TYPE); // and nobody begins it
    PauseStore pauses = scheduler.getBean(PauseStore.class);
    pauses.pause(new PausedPart.OfType(TYPE), "mara", "the printer burns");
    Job lost = insert(job("lost", LIMITED, waiting(now())));
    takeMessage(LIMITED);

    assertThat(takeMessage(LIMITED).job()).as("the look has been taken").isEqualTo(lost.id());
    assertThat(channel.basicGet(QueueNames.dispatch(TYPE), true)).isNull();
    pauses.resume(new PausedPart.OfType(TYPE));

    assertThat(takeMessage(TYPE).job()).isEqualTo(due.id());
  }

  private boolean isSetAside(Job job) {
    return store().find(job.id()).orElseThrow().standing().waitReason() == WaitReason.PAUSED;
  }

  private static JobOptions ofLane(Lane lane) {
    return new JobOptions(lane, null, null, null, null, null, null, null, null, null);
  }

  private ConfigurableApplicationContext scheduler(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--millrace.broker.uri=" + broker.amqpUri(),
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password(),
                "--millrace.concurrency.types.limited=2"));
    arguments.addAll(List.of(more));
    return new SpringApplicationBuilder(SchedulerApplication.class)
        .run(arguments.toArray(String[]::new));
  }

  private DispatchMessage takeMessage(JobType type) throws Exception {
    return DispatchMessage.read(awaitMessage(QueueNames.dispatch(type)).getBody()).orElseThrow();
  }

  private GetResponse awaitMessage(String queue) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      GetResponse message = channel.basicGet(queue, true);
      if (message != null) {
        return message;
      }
      assertThat(System.nanoTime()).as("time left for a message in %s", queue).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private void awaitState(Job job, JobState state) throws InterruptedException {
    await(() -> state(job) == state);
  }

  private static void await(Supplier<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.get()) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private JobState state(Job job) {
    return store().find(job.id()).orElseThrow().standing().state();
  }

  private boolean waitsInTurn(Job job) {
    return store().find(job.id()).orElseThrow().standing().waitReason() == WaitReason.CONCURRENCY;
  }

  private boolean announceDue(Job job) {
    return JdbcClient.create(database.dataSource())
        .sql("SELECT announce_due FROM job WHERE id = :id")
        .param("id", job.id().value())
        .query(Boolean.class)
        .single();
  }

  private void end(JobId id) {
    JdbcClient.create(database.dataSource())
        .sql(
            "UPDATE job SET state = 'CANCELLED', queued_at = NULL, finished_at = now() WHERE id = :id")
        .param("id", id.value())
        .update();
  }

  private JobStore store() {
    return scheduler.getBean(JobStore.class);
  }

  private Job insert(Job job) {
    insert(List.of(job));
    return job;
  }

  private void insert(List<Job> jobs) {
    new JdbcJobStore(JdbcClient.create(database.dataSource())).insert(jobs);
  }

  private static Job job(String messageId, JobType type, Standing standing) {
    return job("acme", messageId, type, standing, JobOptions.NONE);
  }

  private static Job job(
      String tenant, String messageId, JobType type, Standing standing, JobOptions options) {
    byte[] payload = "{}".getBytes(UTF_8);
    return new Job(
        JobId.of(tenant, messageId),
        new Job.Order(tenant, type, messageId, options, payload, Fingerprint.of(type, payload)),
        standing,
        new Job.Times(now(), standing.owner() == null ? null : now(), null),
        Setbacks.NONE,
        Job.Ending.NONE);
  }

  private static Standing waiting(Instant dueAt) {
    return new Standing(JobState.WAITING, WaitReason.SCHEDULED, dueAt, 1, null);
  }

  private static JobOptions options(@Nullable Instant deadline, @Nullable String concurrencyKey) {
    return new JobOptions(
        Lane.NORMAL, null, deadline, null, concurrencyKey, null, null, null, null, null);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
