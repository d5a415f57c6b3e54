package io.millrace.scheduler.statement;

import io.millrace.scheduler.statement.BusinessDay.Stretch;
import io.millrace.scheduler.statement.StatementLine.Ends;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the jobs that ended, in PostgreSQL. A look reads the pages of its time, however large the
 * table is, if there is a transaction at hand, which it never begins. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class EndedJobs {

  // For this transaction: the index is coarse, and by its estimates the planner may take the whole
  // table for cheaper.
  private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true)";

  // No lock: job_ended. The number of an attempt also rises when a job is put back or parked, so
  // those that ran are known by how they ended.
  private static final String COUNT =
      """
      WITH ended AS MATERIALIZED (
        SELECT tenant, type, state, failures + crashes + (state = 'SUCCEEDED')::integer AS attempts,
          CASE WHEN state IN ('SUCCEEDED', 'FAILED') THEN
            greatest(0, extract(epoch FROM finished_at - coalesce(started_at, finished_at)) * 1000000)::bigint END AS run,
          CASE WHEN state IN ('SUCCEEDED', 'FAILED') THEN
            greatest(0, extract(epoch FROM finished_at - created_at) * 1000000)::bigint END AS total
        FROM job WHERE finished_at >= :begins AND finished_at < :ends),
      counted AS (
        SELECT tenant, type, count(*) FILTER (WHERE state = 'SUCCEEDED') AS succeeded, count(*) FILTER (WHERE state = 'FAILED') AS failed,
          count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled, count(*) FILTER (WHERE state = 'EXPIRED') AS expired,
          sum(attempts) AS attempts, coalesce(sum(run), 0) AS run, coalesce(max(run), 0) AS run_longest,
          coalesce(max(total), 0) AS total_longest
        FROM ended GROUP BY tenant, type),
      runs AS (
        SELECT tenant, type, array_agg(bucket) AS buckets, array_agg(jobs) AS counts
        FROM (
          SELECT tenant, type, ceil(ln(greatest(run, 1)::float8) / ln(:growth::float8))::integer AS bucket, count(*) AS jobs
          FROM ended WHERE run IS NOT NULL GROUP BY 1, 2, 3) AS each
        GROUP BY tenant, type),
      totals AS (
        SELECT tenant, type, array_agg(bucket) AS buckets, array_agg(jobs) AS counts
        FROM (
          SELECT tenant, type, ceil(ln(greatest(total, 1)::float8) / ln(:growth::float8))::integer AS bucket, count(*) AS jobs
          FROM ended WHERE total IS NOT NULL GROUP BY 1, 2, 3) AS each
        GROUP BY tenant, type)
      INSERT INTO statement_part (run_id, business_date, begins_at, tenant, type, succeeded, failed, cancelled, expired, attempts,
        run_micros, run_longest, run_buckets, run_counts, total_longest, total_buckets, total_counts)
      SELECT :run, :date, :begins, tenant, type, succeeded, failed, cancelled, expired, attempts,
        run, run_longest, coalesce(runs.buckets, '{}'), coalesce(runs.counts, '{}'),
        total_longest, coalesce(totals.buckets, '{}'), coalesce(totals.counts, '{}')
      FROM counted LEFT JOIN runs USING (tenant, type) LEFT JOIN totals USING (tenant, type)
      """;

  // No lock: job_ended.
  private static final String ENDS =
      """
      SELECT count(*) FILTER (WHERE state = 'SUCCEEDED') AS succeeded, count(*) FILTER (WHERE state = 'FAILED') AS failed,
        count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled, count(*) FILTER (WHERE state = 'EXPIRED') AS expired
      FROM job WHERE finished_at >= :begins AND finished_at < :ends
      """;

  // No lock: the primary key.
  private static final String DELETED_UNTIL =
      "SELECT reached FROM retention_watermark WHERE name = 'deleted'";

  private final JdbcClient jdbc;

  EndedJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts the jobs that ended in a stretch of a day, tenant by tenant and type by type. */
  void count(UUID run, LocalDate date, Stretch stretch) {
    goByTheIndex();
    jdbc.sql(COUNT)
        .param("run", run)
        .param("date", date)
        .param("begins", stretch.begins().atOffset(ZoneOffset.UTC))
        .param("ends", stretch.ends().atOffset(ZoneOffset.UTC))
        .param("growth", Durations.GROWTH)
        .update();
  }

  /** How many jobs of all tenants ended how in a stretch of time. */
  Ends ends(Stretch stretch) {
    goByTheIndex();
    return jdbc.sql(ENDS)
        .param("begins", stretch.begins().atOffset(ZoneOffset.UTC))
        .param("ends", stretch.ends().atOffset(ZoneOffset.UTC))
        .query((row, _) -> StatementRows.ends(row))
        .single();
  }

  /** Until when jobs have ended that retention may have deleted; empty if it has deleted none. */
  Optional<Instant> deletedUntil() {
    return jdbc.sql(DELETED_UNTIL)
        .query((row, _) -> row.getObject("reached", OffsetDateTime.class).toInstant())
        .optional();
  }

  private void goByTheIndex() {
    jdbc.sql(BY_INDEX).query(String.class).single();
  }
}
