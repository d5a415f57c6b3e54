package io.millrace.core.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.failure.FailureSummary;
import io.millrace.core.failure.GroupId;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.replay.ReplaySlice.Done;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JobStore;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReplayIT {

  private static final JobType LOAN = new JobType("loan.amortize");
  private static final JobType RATE = new JobType("rate.fetch");
  private static final Instant FAILED_AT = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final int FAST = 5_000;

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final JobTypeStore types = new JobTypeStore(jdbc);
  private final FailureStore failures = new FailureStore(new ScopedJdbc(jdbc));
  private final ReplayStore replays = new ReplayStore(jdbc, failures);
  private final EndedJobs ended = new EndedJobs(jobs, types, jdbc);
  private final ReplaySlice slices =
      new ReplaySlice(
          new ReplaySliceStore(jdbc, new ScopedJdbc(jdbc)),
          replays,
          jobs,
          ended,
          database.transaction(),
          InstantSource.system());

  @Test
  void jobsThatFailedAlikeAreOneGroupWithItsCountsAndItsFirstAndLast() {
    fail("a", LOAN, "loan 17 has no rate", 1);
    fail("b", LOAN, "loan 18 has no rate", 2);
    fail("c", LOAN, "no such currency", 3);
    fail("d", RATE, "loan 19 has no rate", 4);

    List<FailureSummary> byCount =
        failures.groups(Scope.WHOLE_SYSTEM, FailedJobs.ALL, FailureSummary.Order.COUNT, 10);
    List<FailureSummary> byLast =
        failures.groups(Scope.WHOLE_SYSTEM, FailedJobs.ALL, FailureSummary.Order.LAST, 10);

    assertThat(byCount).extracting(FailureSummary::jobs).containsExactly(2L, 1L, 1L);
    FailureSummary largest = byCount.getFirst();
    assertThat(about(largest).message()).isEqualTo("loan <n> has no rate");
    assertThat(largest.firstJob()).isEqualTo(id("a"));
    assertThat(largest.firstAt()).isEqualTo(FAILED_AT.plusSeconds(1));
    assertThat(largest.lastJob()).isEqualTo(id("b"));
    assertThat(about(byLast.getFirst()).type()).isEqualTo(RATE);
    assertThat(
            failures.groups(
                Scope.WHOLE_SYSTEM, withText("NO RATE"), FailureSummary.Order.COUNT, 10))
        .hasSize(2);
    assertThat(failures.latest(Scope.WHOLE_SYSTEM, FailedJobs.in(largest.id()), 10))
        .containsExactly(id("b"), id("a"));
  }

  @Test
  void theGroupsOfOthersDoNotExist() {
    fail("a", LOAN, "loan 17 has no rate", 1);

    Scope other = Scope.ofTenants("globex");

    assertThat(failures.groups(other, FailedJobs.ALL, FailureSummary.Order.LAST, 10)).isEmpty();
    assertThat(failures.count(other, FailedJobs.ALL)).isZero();
    assertThat(failures.count(Scope.ofTenants("acme"), FailedJobs.ALL)).isEqualTo(1);
  }

  @Test
  void whatFailedBeforeThereWereGroupsIsAGroupToo() {
    fail("old", LOAN, "who knows", 1);
    jdbc.sql("UPDATE job SET failure_group = NULL").update();

    FailureSummary only = failures.group(Scope.WHOLE_SYSTEM, GroupId.UNGROUPED).orElseThrow();

    assertThat(only.jobs()).isEqualTo(1);
    assertThat(only.about()).isNull();
    replay(FailedJobs.in(GroupId.UNGROUPED), PayloadEdit.NONE);
    toEnd();
    assertThat(find("old").standing().state()).isEqualTo(JobState.WAITING);
  }

  @Test
  void replaysEachJobOnceWhoeverDoesTheSlices() throws Exception {
    IntStream.range(0, 1_000).forEach(i -> fail("m-" + i, LOAN, "loan " + i + " has no rate", i));
    fail("other", LOAN, "no such currency", 5);
    Replay replay = replay(groupOf("m-0"), PayloadEdit.NONE);

    List<Done> done = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      Callable<List<Done>> toEnd = this::toEnd;
      for (Future<List<Done>> each : List.of(two.submit(toEnd), two.submit(toEnd))) {
        done.addAll(each.get());
      }
    }

    assertThat(replayed(done)).isEqualTo(1_000);
    assertThat(attempts()).containsOnly(2).hasSize(1_000);
    assertThat(find("other").standing().state()).isEqualTo(JobState.FAILED);
    Replay after = replays.find(replay.id(), Scope.WHOLE_SYSTEM).orElseThrow();
    assertThat(after.state()).isEqualTo(ReplayState.DONE);
    assertThat(after.counts()).isEqualTo(new Replay.Counts(1_000, 1_000, 0));
    assertThat(replays.outcomes(replay.id())).isEqualTo(new ReplayOutcomes(1_000, 0, 0));
  }

  @Test
  void aSliceThatIsNotCommittedIsDoneAgain() {
    IntStream.range(0, 300).forEach(i -> fail("m-" + i, LOAN, "no", i));
    Replay replay = replay(FailedJobs.ALL, PayloadEdit.NONE);

    database
        .transaction()
        .executeWithoutResult(
            killed -> {
              assertThat(slices.next()).isPresent();
              killed.setRollbackOnly();
            });
    assertThat(attempts()).as("nothing of it has happened").isEmpty();
    toEnd();

    assertThat(attempts()).containsOnly(2).hasSize(300);
    assertThat(replays.find(replay.id(), Scope.WHOLE_SYSTEM).orElseThrow().counts().replayed())
        .isEqualTo(300);
  }

  @Test
  void aJobThatFailsAgainIsNotForTheSameReplayWhateverTheClockOfItsWorkerSays() {
    fail("slow", LOAN, "no", 1);
    replay(FailedJobs.ALL, PayloadEdit.NONE);
    slices.next();
    jdbc.sql(
            "UPDATE job SET state = 'FAILED', wait_reason = NULL, due_at = NULL, failure_class = 'K', failure_message = 'm', finished_at = :at")
        .param("at", FAILED_AT.plusSeconds(9).atOffset(java.time.ZoneOffset.UTC))
        .update();

    toEnd();

    assertThat(find("slow").standing().attempt()).isEqualTo(2);
  }

  @Test
  void overlappingReplaysReplayEachJobOnce() {
    IntStream.range(0, 50).forEach(i -> fail("m-" + i, LOAN, "no", i));
    Replay all = replay(FailedJobs.ALL, PayloadEdit.NONE);
    Replay some = replay(groupOf("m-0"), PayloadEdit.NONE);

    toEnd();

    assertThat(attempts()).containsOnly(2).hasSize(50);
    Replay.Counts one = replays.find(all.id(), Scope.WHOLE_SYSTEM).orElseThrow().counts();
    Replay other = replays.find(some.id(), Scope.WHOLE_SYSTEM).orElseThrow();
    assertThat(one.replayed() + other.counts().replayed()).isEqualTo(50);
    assertThat(other.progress().passedOver()).isEqualTo(50 - other.counts().replayed());
  }

  @Test
  void theSameKeyMakesOneReplayAndSoDoesTheSameSelectionWhileItIsActive() {
    fail("a", LOAN, "no", 1);
    NewReplay order = order(FailedJobs.ALL, PayloadEdit.NONE, 0, "double-click");

    ReplayCreation first = replays.create(order);
    Replay made = ((ReplayCreation.Created) first).replay();

    assertThat(replays.create(order))
        .isInstanceOfSatisfying(
            ReplayCreation.Repeated.class,
            again -> assertThat(again.replay().id()).isEqualTo(made.id()));
    assertThat(
            replays.create(order(FailedJobs.ALL, new PayloadEdit.Merge("{}"), 0, "double-click")))
        .isEqualTo(new ReplayCreation.KeyTaken(made.id()));
    assertThat(replays.create(order(FailedJobs.ALL, PayloadEdit.NONE, 0, "second operator")))
        .isEqualTo(new ReplayCreation.AlreadyActive(made.id()));
    toEnd();
    assertThat(replays.create(order(FailedJobs.ALL, PayloadEdit.NONE, 0, "later")))
        .isInstanceOf(ReplayCreation.Created.class);
  }

  @Test
  void editedPayloadsAreCheckedAndTheFingerprintStays() {
    know(
        LOAN,
        """
        {"type": "object", "properties": {"a": {"type": "integer"}, "rate": {"type": "number"}},
         "required": ["rate"], "maxProperties": 2}
        """);
    fail("good", LOAN, "no", 1);
    fail("bad", LOAN, "no", 2);
    jdbc.sql("UPDATE job SET payload = :payload WHERE id = :id")
        .param("payload", "{\"a\":\"x\"}".getBytes(UTF_8))
        .param("id", id("bad").value())
        .update();

    Replay replay = replay(FailedJobs.ALL, new PayloadEdit.Merge("{\"rate\":3.50}"));
    toEnd();

    Job good = find("good");
    assertThat(good.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(new String(good.order().payload(), UTF_8)).isEqualTo("{\"a\":1,\"rate\":3.50}");
    assertThat(good.order().fingerprint())
        .isEqualTo(Fingerprint.of(LOAN, "{\"a\":1}".getBytes(UTF_8)));
    assertThat(find("bad").standing().state()).isEqualTo(JobState.FAILED);
    assertThat(replays.refusals(replay.id(), 10))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains("/a", "integer"));
    assertThat(
            jdbc.sql("SELECT payload FROM job_replay WHERE job_id = :id")
                .param("id", id("good").value())
                .query(byte[].class)
                .single())
        .as("the one before is kept")
        .asString(UTF_8)
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void stopsAndGoesOnWhereItWas() {
    IntStream.range(0, 500).forEach(i -> fail("m-" + i, LOAN, "no", i));
    Replay replay = replay(FailedJobs.ALL, PayloadEdit.NONE);
    slices.next();

    assertThat(replays.stop(replay.id(), Scope.ofTenants("globex")))
        .isInstanceOf(ReplayChange.Unknown.class);
    assertThat(replays.stop(replay.id(), Scope.WHOLE_SYSTEM))
        .isInstanceOf(ReplayChange.Changed.class);
    assertThat(slices.next()).isEmpty();
    assertThat(attempts()).hasSize(200);
    assertThat(replays.stop(replay.id(), Scope.WHOLE_SYSTEM))
        .isInstanceOf(ReplayChange.Impossible.class);
    assertThat(replays.resume(replay.id(), Scope.WHOLE_SYSTEM))
        .isInstanceOf(ReplayChange.Changed.class);
    toEnd();

    assertThat(attempts()).containsOnly(2).hasSize(500);
  }

  @Test
  void theFirstJobsGoAheadAndTheOthersFollowOnlyIfTheySucceed() {
    IntStream.range(0, 20).forEach(i -> fail("m-" + i, LOAN, "no", i));
    Replay replay =
        ((ReplayCreation.Created) replays.create(order(FailedJobs.ALL, PayloadEdit.NONE, 2, "c")))
            .replay();

    slices.next();
    assertThat(attempts()).hasSize(2);
    slices.next();
    due();
    slices.next();
    assertThat(state(replay)).as("they are on their way").isEqualTo(ReplayState.CANARY);
    end("m-0", "SUCCEEDED");
    end("m-1", "FAILED");
    due();

    assertThat(slices.next())
        .hasValueSatisfying(done -> assertThat(done).isInstanceOf(Done.Paused.class));
    Replay paused = replays.find(replay.id(), Scope.WHOLE_SYSTEM).orElseThrow();
    assertThat(paused.progress().reason()).contains("1 of the first 2").contains("still no");
    assertThat(slices.next()).isEmpty();
    replays.resume(replay.id(), Scope.WHOLE_SYSTEM);
    toEnd();
    assertThat(attempts()).as("all but those that went ahead").containsOnly(2).hasSize(20);
  }

  @Test
  void goesOnByItselfWhenTheFirstJobsSucceed() {
    IntStream.range(0, 20).forEach(i -> fail("m-" + i, LOAN, "no", i));
    replays.create(order(FailedJobs.ALL, PayloadEdit.NONE, 2, "c"));
    slices.next();
    slices.next();
    end("m-0", "SUCCEEDED");
    end("m-1", "SUCCEEDED");
    due();

    toEnd();

    assertThat(attempts()).hasSize(20);
  }

  @Test
  void ofTwoJobsWithOneUniqueKeyOneIsReplayed() {
    failWith("a", options("once", null), 1);
    failWith("b", options("once", null), 2);

    Replay replay = replay(FailedJobs.ALL, PayloadEdit.NONE);
    toEnd();

    assertThat(attempts()).hasSize(1);
    assertThat(replays.refusals(replay.id(), 10))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains("unique key"));
  }

  @Test
  void whatIsTooLateStaysAsItIs() {
    failWith("late", options(null, FAILED_AT.plusSeconds(60)), 1);

    Replay replay = replay(FailedJobs.ALL, PayloadEdit.NONE);
    toEnd();

    assertThat(find("late").standing().state()).isEqualTo(JobState.FAILED);
    assertThat(replays.refusals(replay.id(), 10)).hasSize(1);
  }

  @Test
  void replaysOnlyWhatWhoeverAskedMayChange() {
    fail("mine", LOAN, "no", 1);
    Job theirs = failed("theirs", "globex", LOAN, "no", 2, JobOptions.NONE);
    jobs.insert(List.of(theirs));

    replays.create(
        new NewReplay(
            "ann",
            "k",
            Scope.ofTenants("acme"),
            FailedJobs.ALL,
            new NewReplay.Manner(PayloadEdit.NONE, FAST, 0, 100)));
    toEnd();

    assertThat(find("mine").standing().attempt()).isEqualTo(2);
    assertThat(jobs.find(theirs.id()).orElseThrow().standing().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aSingleJobIsRetriedOnce() {
    fail("a", LOAN, "no", 1);
    know(LOAN, "{\"properties\": {\"a\": {\"type\": \"integer\"}}}");
    JobRetry retry = new JobRetry(jobs, types, ended, InstantSource.system());

    assertThat(
            retry.retry(id("a"), "ann", new PayloadEdit.Replace("{\"a\":\"x\"}".getBytes(UTF_8))))
        .isInstanceOf(JobRetry.Result.Invalid.class);
    assertThat(retry.retry(id("a"), "ann", new PayloadEdit.Replace("{\"a\":2}".getBytes(UTF_8))))
        .isEqualTo(new JobRetry.Result.Again(JobState.FAILED));
    assertThat(retry.retry(id("a"), "ann", PayloadEdit.NONE))
        .isEqualTo(new JobRetry.Result.NotEnded(JobState.WAITING));
    assertThat(retry.retry(id("none"), "ann", PayloadEdit.NONE))
        .isInstanceOf(JobRetry.Result.Unknown.class);
    assertThat(new String(find("a").order().payload(), UTF_8)).isEqualTo("{\"a\":2}");
  }

  private static FailureSummary.About about(FailureSummary group) {
    return Objects.requireNonNull(group.about());
  }

  private Replay replay(FailedJobs selection, PayloadEdit edit) {
    ReplayCreation creation =
        replays.create(order(selection, edit, 0, UUID.randomUUID().toString()));
    return ((ReplayCreation.Created) creation).replay();
  }

  private static NewReplay order(FailedJobs selection, PayloadEdit edit, int canary, String key) {
    return new NewReplay(
        "ann", key, Scope.WHOLE_SYSTEM, selection, new NewReplay.Manner(edit, FAST, canary, 100));
  }

  /** Does slices, as if it were always time, until none is left. */
  private List<Done> toEnd() {
    List<Done> all = new ArrayList<>();
    while (jdbc.sql("SELECT count(*) FROM replay WHERE state IN ('RUNNING', 'CANARY')")
            .query(Long.class)
            .single()
        > 0) {
      slices.next().ifPresent(all::add);
    }
    return all;
  }

  private void due() {
    jdbc.sql("UPDATE replay SET next_at = clock_timestamp()").update();
  }

  private static int replayed(List<Done> done) {
    return done.stream()
        .mapToInt(each -> each instanceof Done.Slice(_, int jobs, _) ? jobs : 0)
        .sum();
  }

  private List<Integer> attempts() {
    return jdbc.sql("SELECT attempt FROM job_replay").query((row, _) -> row.getInt(1)).list();
  }

  private ReplayState state(Replay replay) {
    return replays.find(replay.id(), Scope.WHOLE_SYSTEM).orElseThrow().state();
  }

  private void end(String messageId, String state) {
    jdbc.sql(
            """
            UPDATE job SET state = :state, wait_reason = NULL, due_at = NULL, finished_at = clock_timestamp(),
              result = CASE WHEN :state = 'SUCCEEDED' THEN '1'::bytea END,
              failure_class = CASE WHEN :state = 'FAILED' THEN 'K' END, failure_message = CASE WHEN :state = 'FAILED' THEN 'still no' END
            WHERE id = :id
            """)
        .param("state", state)
        .param("id", id(messageId).value())
        .update();
  }

  private FailedJobs groupOf(String messageId) {
    return FailedJobs.in(
        new GroupId(
            jdbc.sql("SELECT failure_group FROM job WHERE id = :id")
                .param("id", id(messageId).value())
                .query(Long.class)
                .single()));
  }

  private static FailedJobs withText(String text) {
    return new FailedJobs(null, null, null, null, text, null, null);
  }

  private void know(JobType type, String schema) {
    types.record(
        List.of(
            new KnownJobType(type, HandlerKind.CALCULATION, "H", null, schema, "1", FAILED_AT)));
  }

  private static JobOptions options(@Nullable String uniqueKey, @Nullable Instant deadline) {
    JobOptions none = JobOptions.NONE;
    return new JobOptions(
        none.lane(), null, deadline, uniqueKey, null, null, null, null, null, null);
  }

  private void failWith(String messageId, JobOptions options, int seconds) {
    jobs.insert(List.of(failed(messageId, "acme", LOAN, "no", seconds, options)));
  }

  private void fail(String messageId, JobType type, String message, int seconds) {
    jobs.insert(List.of(failed(messageId, "acme", type, message, seconds, JobOptions.NONE)));
  }

  private static Job failed(
      String messageId,
      String tenant,
      JobType type,
      String message,
      int seconds,
      JobOptions options) {
    byte[] payload = "{\"a\":1}".getBytes(UTF_8);
    Instant at = FAILED_AT.plusSeconds(seconds);
    return new Job(
        JobId.of(tenant, messageId),
        new Job.Order(tenant, type, messageId, options, payload, Fingerprint.of(type, payload)),
        new Standing(JobState.FAILED, null, null, 1, null),
        new Job.Times(FAILED_AT, FAILED_AT, at),
        Setbacks.NONE,
        Job.Ending.failed(new Failure("com.example.Broken", message, null)));
  }

  private Job find(String messageId) {
    Optional<Job> job = jobs.find(id(messageId));
    return job.orElseThrow();
  }

  private static JobId id(String messageId) {
    return JobId.of("acme", messageId);
  }
}
