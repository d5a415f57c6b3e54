package io.millrace.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.scheduler.RunByHand;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What retention reads of very many jobs: those that it has not dealt with yet, never the table.
 */
class ManyOldJobsIT {

  private static final int JOBS = 100_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration KEEP = Duration.ofDays(30);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.onOneConnection();
  private final JdbcClient jdbc = database.jdbc();
  private Instant now = FIRST.plus(KEEP);

  @Test
  void readsOfTheNextNightWhatIsNewForIt() throws Exception {
    jdbc.sql("SET plan_cache_mode = force_custom_plan").update();
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, attempt, result, created_at, started_at,
              finished_at)
            SELECT gen_random_uuid(), 'acme', 'test.job', 'm-' || i, 'NORMAL', convert_to(repeat('x', 300), 'UTF8'), gen_random_uuid(),
              'SUCCEEDED', 1, '{}', at, at, at
            FROM generate_series(1, :count) AS i, LATERAL (SELECT timestamptz '2026-01-01 00:00:00Z' + i * interval '10 s' AS at) AS ended
            """)
        .param("count", JOBS)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
    now = now.plus(BETWEEN.multipliedBy(JOBS / 2));
    run();
    assertThat(erased()).isEqualTo(JOBS / 2);
    jdbc.sql("VACUUM ANALYZE job").update();

    now = now.plus(BETWEEN.multipliedBy(1_000));
    Reads before = reads();
    run();
    Reads after = reads();

    assertThat(erased()).isEqualTo(JOBS / 2 + 1_000);
    assertThat(after.wholeTable() - before.wholeTable()).as("scans of the table").isZero();
    assertThat(after.rowsByIndex() - before.rowsByIndex())
        .as("rows read, of a few looks at some entries of the index each")
        .isLessThan(JOBS / 2);
  }

  private void run() throws Exception {
    RetentionProperties properties =
        new RetentionProperties(
            KEEP, Map.of(), Duration.ofDays(400), Duration.ZERO, Duration.ZERO, 1_000);
    new RunByHand(
            new Retention(properties, new OldJobs(jdbc), new OldRecords(jdbc), () -> now).asJob(),
            database.transaction(),
            Map.of())
        .complete();
  }

  private long erased() {
    return jdbc.sql("SELECT count(*) FROM job WHERE erased_at IS NOT NULL")
        .query(Long.class)
        .single();
  }

  private record Reads(long wholeTable, long rowsByIndex) {}

  private Reads reads() {
    jdbc.sql("SELECT pg_stat_force_next_flush()").query(row -> {});
    jdbc.sql("SELECT pg_stat_clear_snapshot()").query(row -> {});
    return jdbc.sql("SELECT seq_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'job'")
        .query((row, _) -> new Reads(row.getLong(1), row.getLong(2)))
        .single();
  }
}
