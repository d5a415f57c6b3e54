package io.millrace.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.replay.JobReplays;
import io.millrace.scheduler.RunByHand;
import io.millrace.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What retention deletes of replays and groups of failures, run by hand. */
class OldReplaysIT {

  private static final Instant START = Instant.parse("2026-11-23T03:00:00.123456Z");
  private static final int BATCH = 10;
  private static final Duration MONTH = Duration.ofDays(30);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final EnqueuedJobs jobs = new EnqueuedJobs(jdbc);
  private Instant now = START;

  @Test
  void deletesReplaysThatAreOverAndThoseThatNobodyTouches() throws Exception {
    replay("DONE", 31);
    replay("STOPPED", 31);
    replay("PAUSED", 31);
    UUID young = replay("DONE", 29);
    UUID stoppedLately = replay("STOPPED", 29);
    UUID active = replay("RUNNING", 31);
    UUID waiting = replay("CANARY", 31);

    run(MONTH);

    assertThat(replays()).containsExactlyInAnyOrder(young, stoppedLately, active, waiting);
  }

  @Test
  void deletesAsManyAsThereAreBatchByBatch() throws Exception {
    IntStream.range(0, 2 * BATCH + 5).forEach(_ -> replay("DONE", 40));
    IntStream.range(0, 2 * BATCH + 5).forEach(i -> group(i, 40));

    run(MONTH);

    assertThat(replays()).isEmpty();
    assertThat(groups()).isEmpty();
  }

  @Test
  void deletesWhatTheyHaveRefusedAndNothingThatOthersHave() throws Exception {
    UUID old = replay("DONE", 31);
    UUID young = replay("DONE", 29);
    for (int i = 0; i < 2 * BATCH + 5; i++) {
      JobId job = jobs.failed("a", "acme", "m-" + i, daysAgo(2));
      refuse(old, job);
      refuse(young, job);
    }

    run(MONTH);

    assertThat(replays()).containsExactly(young);
    assertThat(refusing()).hasSize(2 * BATCH + 5).containsOnly(young);
  }

  @Test
  void remembersByWhichReplayAJobWasReplayedWhenThatIsGone() throws Exception {
    UUID old = replay("DONE", 31);
    JobId job = jobs.succeeded("a", "acme", "replayed", daysAgo(2));
    jdbc.sql(
            """
            INSERT INTO job_replay (job_id, attempt, replayed_at, requested_by, replay) VALUES (:job, 2, now(), 'ann', :replay)
            """)
        .param("job", job.value())
        .param("replay", old)
        .update();

    run(MONTH);

    assertThat(replays()).isEmpty();
    assertThat(new JobReplays(new ScopedJdbc(jdbc)).of(Scope.WHOLE_SYSTEM, job))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.replay()).isEqualTo(old);
              assertThat(entry.requestedBy()).isEqualTo("ann");
            });
  }

  @Test
  void erasesWithAJobWhyItWasNotReplayed() throws Exception {
    UUID young = replay("DONE", 2);
    refuse(young, jobs.failed("a", "acme", "erased", daysAgo(31)));
    refuse(young, jobs.failed("a", "acme", "kept", daysAgo(29)));

    run(MONTH);

    assertThat(refusing()).containsExactly(young);
  }

  @Test
  void erasesWithAJobThePayloadThatAReplayHadForIt() throws Exception {
    UUID ofErased = replay("STOPPED", 2);
    edit(ofErased, jobs.failed("a", "acme", "erased", daysAgo(31)));
    UUID ofKept = replay("DONE", 2);
    edit(ofKept, jobs.failed("a", "acme", "kept", daysAgo(29)));

    run(MONTH);

    assertThat(
            jdbc.sql("SELECT id FROM replay WHERE payload = ''")
                .query((row, _) -> row.getObject("id", UUID.class))
                .list())
        .containsExactly(ofErased);
    assertThat(replays()).containsExactlyInAnyOrder(ofErased, ofKept);
  }

  @Test
  void deletesGroupsThatNothingFailedInForLongAndThatNoJobIsIn() throws Exception {
    group(1, 31);
    group(2, 29);
    group(3, 99);
    jobs.failed("a", "acme", "still", daysAgo(3));
    jdbc.sql("UPDATE job SET failure_group = 3").update();

    run(MONTH);

    assertThat(groups()).as("those that are young, or in use").containsExactly(2L, 3L);
  }

  @Test
  void leavesGroupsThatWorkersMayBelieveToBeThereWhateverTheSchedulersClockSays() throws Exception {
    group(1, 0);
    jdbc.sql("UPDATE failure_group SET last_seen = now() - interval '50 minutes'").update();
    now = START.plus(Duration.ofDays(3_000));

    run(MONTH);

    assertThat(groups()).containsExactly(1L);
  }

  @Test
  void waitsForNobody() throws Exception {
    UUID resumed = replay("STOPPED", 31);
    group(1, 31);

    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE replay SET state = 'RUNNING'");
      statement.execute("UPDATE failure_group SET last_seen = now()");
      run(MONTH);
      other.commit();
    }
    run(MONTH);

    assertThat(replays()).containsExactly(resumed);
    assertThat(groups()).containsExactly(1L);
  }

  @Test
  void keepsThemForEverWhereJobsAreKeptForEver() throws Exception {
    UUID old = replay("DONE", 9_000);
    group(1, 9_000);

    run(Duration.ZERO);

    assertThat(replays()).containsExactly(old);
    assertThat(groups()).containsExactly(1L);
  }

  private UUID replay(String state, int days) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO replay (id, requested_by, idempotency_key, request, selection, as_of, ungrouped, per_second, canary, canary_share,
              canary_passed, state, reason, total, next_at, ended_at, state_since)
            VALUES (:id, 'ann', :id::text, :id, :id, 'epoch', false, 100, 0, 100, true, :state, CASE WHEN :state = 'PAUSED' THEN 'no' END, 1,
              'epoch', CASE WHEN :state = 'DONE' THEN :since::timestamptz END, :since)
            """)
        .param("id", id)
        .param("state", state)
        .param("since", daysAgo(days).atOffset(ZoneOffset.UTC))
        .update();
    return id;
  }

  private void refuse(UUID replay, JobId job) {
    jdbc.sql("INSERT INTO replay_refusal (replay, job_id, reason) VALUES (:replay, :job, 'no')")
        .param("replay", replay)
        .param("job", job.value())
        .update();
  }

  private void edit(UUID replay, JobId job) {
    jdbc.sql("UPDATE replay SET payload = 'Mrs Miller', job_ids = ARRAY[:job] WHERE id = :replay")
        .param("replay", replay)
        .param("job", job.value())
        .update();
  }

  private void group(long id, int days) {
    jdbc.sql(
            """
            INSERT INTO failure_group (id, type, kind, message, frames, first_seen, last_seen)
            VALUES (:id, 'a', 'Broken', 'no', '', 'epoch', :seen)
            """)
        .param("id", id)
        .param("seen", daysAgo(days).atOffset(ZoneOffset.UTC))
        .update();
  }

  private List<UUID> replays() {
    return jdbc.sql("SELECT id FROM replay")
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  private List<UUID> refusing() {
    return jdbc.sql("SELECT replay FROM replay_refusal")
        .query((row, _) -> row.getObject("replay", UUID.class))
        .list();
  }

  private List<Long> groups() {
    return jdbc.sql("SELECT id FROM failure_group ORDER BY id")
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private Instant daysAgo(int days) {
    return START.minus(Duration.ofDays(days));
  }

  private void run(Duration keep) throws Exception {
    RetentionProperties properties =
        new RetentionProperties(
            keep, Map.of(), Duration.ofDays(400), Duration.ZERO, Duration.ZERO, BATCH);
    new RunByHand(
            new Retention(properties, new OldJobs(jdbc), new OldRecords(jdbc), () -> now).asJob(),
            database.transaction(),
            Map.of())
        .complete();
  }
}
