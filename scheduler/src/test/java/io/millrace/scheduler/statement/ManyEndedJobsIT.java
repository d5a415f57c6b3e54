package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.scheduler.statement.BusinessDay.Stretch;
import io.millrace.scheduler.statement.StatementLine.Ends;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is read of very many jobs to count those of a day: the pages of its time, never the table.
 */
class ManyEndedJobsIT {

  private static final int JOBS = 200_000;
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final LocalDate DATE = LocalDate.parse("2026-01-12");
  private static final long ON_A_DAY = 8_640;

  /** What three entries of the index are about. */
  private static final long FEW = 10_000;

  @AutoClose private final MigratedDatabase database = MigratedDatabase.onOneConnection();
  private final JdbcClient jdbc = database.jdbc();
  private final EndedJobs jobs = new EndedJobs(jdbc);
  private final TransactionTemplate transaction = database.transaction();

  @BeforeEach
  void fill() {
    jdbc.sql("SET plan_cache_mode = force_custom_plan").update();
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, attempt, result, created_at, started_at,
              finished_at)
            SELECT gen_random_uuid(), 'tenant-' || i % 1000, 'test.job', 'm-' || i, 'NORMAL', '{}', gen_random_uuid(), 'SUCCEEDED', 1, '{}',
              at, at, at
            FROM generate_series(1, :count) AS i, LATERAL (SELECT timestamptz '2026-01-01 00:00:00Z' + i * :between * interval '1 s' AS at)
              AS ended
            """)
        .param("count", JOBS)
        .param("between", BETWEEN.toSeconds())
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
  }

  @Test
  void readsTheTimeInQuestion() {
    BusinessDay day = BusinessDay.of(DATE, ZoneOffset.UTC);
    Reads before = reads();

    Ends ends = transaction.execute(_ -> jobs.ends(day.whole()));

    assertThat(ends).isEqualTo(new Ends(ON_A_DAY, 0, 0, 0));
    assertFewSince(before, ON_A_DAY + FEW);
  }

  @Test
  void readsLittleForAStretchOfADay() {
    Instant noon = Instant.parse("2026-01-12T12:00:00Z");
    UUID run = UUID.randomUUID();
    Reads before = reads();

    transaction.executeWithoutResult(
        _ -> jobs.count(run, DATE, new Stretch(noon, noon.plus(Duration.ofMinutes(15)))));

    assertThat(jdbc.sql("SELECT sum(succeeded) FROM statement_part").query(Long.class).single())
        .isEqualTo(90);
    assertFewSince(before, FEW);
  }

  @Test
  void readsTheTimeInQuestionAlsoWhereResultsWereDroppedAndRowsWrittenAnewElsewhere() {
    BusinessDay day = BusinessDay.of(LocalDate.parse("2026-01-20"), ZoneOffset.UTC);
    jdbc.sql(
            """
            UPDATE job SET result = NULL, result_dropped_at = now() WHERE finished_at < timestamptz '2026-01-06 00:00:00Z'
            """)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
    Reads before = reads();

    Ends ends = transaction.execute(_ -> jobs.ends(day.whole()));

    assertThat(ends).isEqualTo(new Ends(ON_A_DAY, 0, 0, 0));
    assertFewSince(before, ON_A_DAY + FEW);
  }

  private record Reads(long wholeTable, long rowsByIndex) {}

  private void assertFewSince(Reads before, long few) {
    Reads after = reads();
    assertThat(after.wholeTable() - before.wholeTable()).as("scans of the table").isZero();
    assertThat(after.rowsByIndex() - before.rowsByIndex()).as("rows read").isLessThan(few);
  }

  private Reads reads() {
    jdbc.sql("SELECT pg_stat_force_next_flush()").query(row -> {});
    jdbc.sql("SELECT pg_stat_clear_snapshot()").query(row -> {});
    return jdbc.sql("SELECT seq_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'job'")
        .query((row, _) -> new Reads(row.getLong(1), row.getLong(2)))
        .single();
  }
}
