package io.millrace.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JdbcResultStore;
import io.millrace.core.store.JobReplay;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.Listing;
import io.millrace.core.store.ListingStore;
import io.millrace.core.store.ResultStore.Most;
import io.millrace.core.store.ResultStore.Slice;
import io.millrace.scheduler.RunByHand;
import io.millrace.scheduler.retention.RetentionProperties.Rule;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Retention, run by hand under a clock of the test's. */
class RetentionIT {

  private static final Instant START = Instant.parse("2026-11-23T03:00:00.123456Z");
  private static final int BATCH = 10;
  private static final Duration MONTH = Duration.ofDays(30);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final EnqueuedJobs jobs = new EnqueuedJobs(jdbc);
  private final JobStore store = new JdbcJobStore(jdbc);
  private Instant now = START;

  @Test
  void erasesEachTypeAndTenantAfterItsTime() throws Exception {
    JobId common = jobs.succeeded("a", "acme", "common", daysAgo(30));
    JobId young = jobs.succeeded("a", "acme", "young", daysAgo(29));
    JobId shorter = jobs.succeeded("ping", "acme", "shorter", daysAgo(2));
    JobId forEver = jobs.succeeded("loan", "acme", "for ever", daysAgo(2_000));

    run(
            MONTH,
            Map.of(
                "pings", new Rule("ping", null, Duration.ofDays(1)),
                "loans", new Rule("loan", "acme", Duration.ZERO)))
        .complete();

    assertThat(List.of(common, shorter)).allMatch(this::isErased);
    assertThat(List.of(young, forEver)).noneMatch(this::isErased);
  }

  @Test
  void leavesWhatIdentifiesAJobAndNothingOfWhatItWasAbout() throws Exception {
    JobId failed = jobs.failed("a", "acme", "failed", daysAgo(99));
    JobId succeeded = jobs.succeeded("a", "acme", "succeeded", daysAgo(99));

    run(MONTH, Map.of()).complete();

    assertThat(
            jdbc.sql("SELECT to_jsonb(job)::text FROM job WHERE id = :id")
                .param("id", failed.value())
                .query((row, _) -> row.getString(1))
                .single())
        .doesNotContain("Miller", "/crm")
        .contains("\"message_id\": \"failed\"", "\"state\": \"FAILED\"", "\"reply_to\"");
    assertThat(store.attempts(failed)).isEmpty();
    Job row = store.find(succeeded).orElseThrow();
    assertThat(row.order().payload()).isEmpty();
    assertThat(row.ending().result()).isNull();
    assertThat(row.ending().erasedAt()).isEqualTo(now);
    assertThat(row.standing().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(row.times().finishedAt()).isEqualTo(daysAgo(99));
  }

  @Test
  void knowsARepeatOfWhatItHasErased() throws Exception {
    JobId id = jobs.succeeded("a", "acme", "m", daysAgo(99));
    run(MONTH, Map.of()).complete();

    assertThat(jobs.enqueue("a", "acme", "m", "{\"a\":1}")).as("is new").isFalse();
    assertThatThrownBy(() -> jobs.enqueue("a", "acme", "m", "{\"a\":2}"))
        .hasStackTraceContaining("names an earlier job with another type or payload");
    assertThat(store.existing(List.of(id))).containsExactly(id);
    assertThat(store.find(id).orElseThrow().standing().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void forgetsAnIdAfterAMuchLongerTime() throws Exception {
    JobId old = jobs.failed("a", "acme", "old", daysAgo(99));
    JobId never = jobs.succeeded("loan", "acme", "never", daysAgo(999));
    Map<String, Rule> rules = Map.of("loans", new Rule("loan", null, Duration.ZERO));
    run(MONTH, rules).complete();
    assertThat(store.find(old)).isPresent();

    now = daysAgo(99).plus(Duration.ofDays(400));
    run(MONTH, rules).complete();

    assertThat(store.find(old)).isEmpty();
    assertThat(store.find(never)).isPresent();
    assertThat(jobs.enqueue("a", "acme", "old", "{}")).as("is new").isTrue();
    assertThat(watermark(OldJobs.DELETED)).isAfterOrEqualTo(daysAgo(99));
  }

  @Test
  void deletesAtOnceWhatIsKeptForLongerThanIds() throws Exception {
    JobId old = jobs.succeeded("loan", "acme", "old", daysAgo(500));

    run(Duration.ofDays(450), Map.of()).complete();

    assertThat(store.find(old)).isEmpty();
  }

  @Test
  void forgetsAlsoWhatAnotherPolicyHasErasedLate() throws Exception {
    JobId old = jobs.succeeded("a", "acme", "old", daysAgo(500));
    jobs.succeeded("a", "acme", "young", daysAgo(50));
    run(Duration.ZERO, Map.of()).complete();
    assertThat(store.find(old)).isPresent();

    run(MONTH, Map.of()).complete();

    assertThat(store.find(old)).isEmpty();
  }

  @Test
  void doesItBatchByBatchAndGoesOnWhereItWasInterrupted() throws Exception {
    List<JobId> old =
        IntStream.range(0, 7 * BATCH)
            .mapToObj(i -> jobs.succeeded("a", "acme", "m-" + i, daysAgo(40 + i / 30)))
            .toList();
    RunByHand run = run(MONTH, Map.of());

    long before = 0;
    while (erased() < old.size()) {
      run.proceed(1);
      assertThat(erased() - before).isBetween(0L, (long) BATCH);
      before = erased();
      assertThat(run.bits()).as("looks").isLessThan(500);
    }
    run.complete();

    assertThat(old).allMatch(this::isErased);
    int first = run.bits();
    now = now.plus(Duration.ofDays(1));
    assertThat(run(MONTH, Map.of()).complete().bits())
        .as("looks of the next night, which begins where this one has got")
        .isLessThan(first / 2);
  }

  @Test
  void waitsForNobodyAndComesBackForWhatWasLocked() throws Exception {
    JobId locked = jobs.succeeded("a", "acme", "locked", daysAgo(60));
    JobId free = jobs.succeeded("a", "acme", "free", daysAgo(40));
    JobId untold = jobs.succeeded("a", "acme", "untold", daysAgo(50));
    store.announceLater(List.of(untold));

    try (var other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      try (var lock = other.createStatement()) {
        lock.execute("SELECT FROM job WHERE id = '%s' FOR UPDATE".formatted(locked));
      }
      run(MONTH, Map.of()).complete();
    }

    assertThat(isErased(free)).isTrue();
    assertThat(isErased(locked) || isErased(untold)).isFalse();
    jdbc.sql("UPDATE job SET announce_due = false").update();
    run(MONTH, Map.of()).complete();
    assertThat(List.of(locked, untold)).allMatch(this::isErased);
  }

  @Test
  void letsNobodyReplayOrListWhatItHasErased() throws Exception {
    JobId erased = jobs.failed("a", "acme", "erased", daysAgo(31));
    JobId kept = jobs.failed("a", "acme", "kept", daysAgo(3));
    JobReplay replay = new JobReplay(store, database.transaction(), () -> now);
    run(MONTH, Map.of()).complete();

    assertThat(replay.replay(erased)).isFalse();
    assertThat(
            new ListingStore(new ScopedJdbc(jdbc))
                .newest(
                    Scope.WHOLE_SYSTEM,
                    new Listing(JobState.FAILED, null, new JobType("a")),
                    null,
                    10))
        .extracting(job -> job.id())
        .containsExactly(kept);
    assertThat(replay.replay(kept)).isTrue();
    now = now.plus(Duration.ofDays(99));
    run(MONTH, Map.of()).complete();
    assertThat(isErased(kept)).as("a job that waits again").isFalse();
  }

  @Test
  void leavesNothingToDoForTheDroppingOfResults() throws Exception {
    JobId dropped = jobs.succeeded("a", "acme", "dropped", daysAgo(50));
    JobId erased = jobs.succeeded("a", "acme", "erased", daysAgo(40));
    Slice first = new Slice(Instant.EPOCH, daysAgo(45), Set.of(), true);
    Instant before = now.minus(Duration.ofDays(5));
    assertThat(drop(first, before)).isEqualTo(1);

    run(MONTH, Map.of()).complete();

    assertThat(drop(new Slice(Instant.EPOCH, now, Set.of(), true), now)).isZero();
    assertThat(store.find(dropped).orElseThrow().ending().resultDroppedAt()).isEqualTo(before);
    assertThat(store.find(erased).orElseThrow().ending().resultDroppedAt()).isEqualTo(now);
  }

  @Test
  void deletesOldMessagesFromTheQuarantine() throws Exception {
    for (int i = 0; i < 25; i++) {
      jdbc.sql(
              """
              INSERT INTO quarantine (id, arrived_at, last_arrived_at, reason, explanation, queue, exchange, routing_key, properties,
                headers, body)
              VALUES (gen_random_uuid(), :first, :last, 'NO_MESSAGE_ID', 'it has none', 'q', 'e', 'r', '{}', '{}', '')
              """)
          .param("first", daysAgo(100).atOffset(ZoneOffset.UTC))
          .param("last", daysAgo(8 + i).atOffset(ZoneOffset.UTC))
          .update();
    }

    run(Duration.ZERO, Map.of()).complete();

    assertThat(count("quarantine"))
        .as("of those that have arrived in the last ten days")
        .isEqualTo(3);
  }

  private int drop(Slice slice, Instant at) {
    return database
        .transaction()
        .execute(_ -> new JdbcResultStore(jdbc).drop(slice, new Most(100, 100), at))
        .dropped();
  }

  private Instant daysAgo(int days) {
    return START.minus(Duration.ofDays(days));
  }

  private boolean isErased(JobId job) {
    return store.find(job).orElseThrow().ending().erasedAt() != null;
  }

  private long erased() {
    return count("job WHERE erased_at IS NOT NULL");
  }

  private long count(String rows) {
    return jdbc.sql("SELECT count(*) FROM " + rows).query(Long.class).single();
  }

  private Instant watermark(String name) {
    return new OldJobs(jdbc).reached(name, "").orElseThrow();
  }

  private RunByHand run(Duration keep, Map<String, Rule> rules) {
    RetentionProperties properties =
        new RetentionProperties(
            keep, rules, Duration.ofDays(400), Duration.ofDays(10), Duration.ofDays(90), BATCH);
    return new RunByHand(
        new Retention(properties, new OldJobs(jdbc), new OldRecords(jdbc), () -> now).asJob(),
        database.transaction(),
        Map.of());
  }
}
