package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.WaitReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many jobs have not ended, for people. Of what waits only so many are counted that a look
 * costs the same whether thousands or millions do. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class BacklogStore {

  // No lock: job_queued, and job_owner, which hold what is at hand and no more.
  private static final String AT_HAND =
      """
      SELECT type, 'QUEUED' AS state, count(*) AS jobs, min(queued_at) AS oldest FROM job WHERE queued_at IS NOT NULL GROUP BY type
      UNION ALL
      SELECT type, 'RUNNING', count(*), min(started_at) FROM job WHERE owner IS NOT NULL GROUP BY type
      ORDER BY type
      """;

  // No lock: jumps from type to type through job_due, and reads so many of each; the others by
  // job_turn, job_paused and job_parked.
  private static final String WAITING =
      """
      WITH RECURSIVE types AS (
        (SELECT type FROM job WHERE due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED') ORDER BY type LIMIT 1)
        UNION ALL
        SELECT (SELECT job.type FROM job
          WHERE job.due_at IS NOT NULL AND job.wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED') AND job.type > types.type
          ORDER BY job.type LIMIT 1)
        FROM types WHERE types.type IS NOT NULL),
      waiting AS (
        (SELECT timed.type, timed.wait_reason, NULL::text AS dependency, timed.due_at FROM types CROSS JOIN LATERAL (
          SELECT job.type, job.wait_reason, job.due_at FROM job
          WHERE job.due_at IS NOT NULL AND job.wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED') AND job.type = types.type
          LIMIT :most) AS timed)
        UNION ALL
        (SELECT type, wait_reason, NULL, due_at FROM job WHERE wait_reason = 'CONCURRENCY' LIMIT :most)
        UNION ALL
        (SELECT type, wait_reason, NULL, due_at FROM job WHERE wait_reason = 'PAUSED' LIMIT :most)
        UNION ALL
        (SELECT type, wait_reason, dependency, due_at FROM job WHERE wait_reason = 'PARKED' LIMIT :most))
      SELECT type, wait_reason, dependency, count(*) AS jobs, min(due_at) AS earliest FROM waiting
      GROUP BY type, wait_reason, dependency ORDER BY type, wait_reason, dependency
      """;

  // No lock: job_parked.
  private static final String PARKED =
      """
      SELECT dependency, tenant, count(*) AS jobs, min(due_at) AS earliest
      FROM (SELECT dependency, tenant, due_at FROM job WHERE wait_reason = 'PARKED' LIMIT :most) AS parked
      GROUP BY dependency, tenant ORDER BY dependency, tenant
      """;

  private final JdbcClient jdbc;

  /** Jobs of a type that are {@code QUEUED} or {@code RUNNING}. */
  public record AtHand(JobType type, boolean running, long jobs, Instant oldest) {}

  /**
   * Jobs of a type that wait.
   *
   * @param dependency what they are parked for, if they are
   * @param earliest when the first of them was, or is, due
   */
  public record Waiting(
      JobType type, WaitReason reason, @Nullable String dependency, long jobs, Instant earliest) {}

  /** Jobs of a tenant that are parked for a dependency. */
  public record Parked(String dependency, String tenant, long jobs, Instant earliest) {}

  public BacklogStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is queued and what runs, all of it. */
  public List<AtHand> atHand() {
    return jdbc.sql(AT_HAND)
        .query(
            (row, _) ->
                new AtHand(
                    new JobType(row.getString("type")),
                    row.getString("state").equals("RUNNING"),
                    row.getLong("jobs"),
                    instant(row, "oldest")))
        .list();
  }

  /**
   * What waits.
   *
   * @param most how many to count at most of each type that waits for a time, and of all that wait
   *     for each other reason
   */
  public List<Waiting> waiting(int most) {
    return jdbc.sql(WAITING)
        .param("most", most)
        .query(
            (row, _) ->
                new Waiting(
                    new JobType(row.getString("type")),
                    WaitReason.valueOf(row.getString("wait_reason")),
                    row.getString("dependency"),
                    row.getLong("jobs"),
                    instant(row, "earliest")))
        .list();
  }

  /**
   * Whose jobs wait for which dependency.
   *
   * @param most how many to count at most, of all
   */
  public List<Parked> parked(int most) {
    return jdbc.sql(PARKED)
        .param("most", most)
        .query(
            (row, _) ->
                new Parked(
                    row.getString("dependency"),
                    row.getString("tenant"),
                    row.getLong("jobs"),
                    instant(row, "earliest")))
        .list();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
