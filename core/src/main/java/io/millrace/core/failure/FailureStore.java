package io.millrace.core.failure;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that stand failed, by what they have in common. Counts are exact at the moment of the
 * look. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class FailureStore {

  // No lock: counted in index job_failed alone, whose order then finds the first and the last.
  private static final String GROUPS =
      """
      SELECT counted.failure_group, counted.jobs, counted.first_at, counted.last_at,
        about.type, about.kind, about.message, about.frames, about.first_seen,
        (SELECT job.id FROM job
          WHERE job.state = 'FAILED' AND job.failure_message IS NOT NULL AND job.finished_at = counted.first_at AND {scope:job}
            AND job.failure_group IS NOT DISTINCT FROM counted.failure_group
          ORDER BY job.id LIMIT 1) AS first_job,
        (SELECT job.id FROM job
          WHERE job.state = 'FAILED' AND job.failure_message IS NOT NULL AND job.finished_at = counted.last_at AND {scope:job}
            AND job.failure_group IS NOT DISTINCT FROM counted.failure_group
          ORDER BY job.id DESC LIMIT 1) AS last_job
      FROM (
        SELECT job.failure_group, count(*) AS jobs, min(job.finished_at) AS first_at, max(job.finished_at) AS last_at
        FROM job
        WHERE {scope:job} AND
      """
          + FailedJobs.CONDITION
          + """
        GROUP BY job.failure_group
        ORDER BY CASE WHEN :byCount THEN count(*) END DESC, max(job.finished_at) DESC
        LIMIT :most) AS counted
      LEFT JOIN failure_group about ON about.id = counted.failure_group
      ORDER BY CASE WHEN :byCount THEN counted.jobs END DESC, counted.last_at DESC
      """;

  // No lock: index job_failed alone.
  private static final String COUNT =
      "SELECT count(*) FROM job WHERE {scope:job} AND " + FailedJobs.CONDITION;

  // No lock: index job_failed, backwards.
  private static final String LATEST =
      "SELECT job.id FROM job WHERE {scope:job} AND "
          + FailedJobs.CONDITION
          + " ORDER BY job.finished_at DESC, job.id DESC LIMIT :most";

  private final ScopedJdbc jdbc;

  public FailureStore(ScopedJdbc jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The groups of some failed jobs.
   *
   * @param most how many; at least 1
   */
  public List<FailureSummary> groups(
      Scope scope, FailedJobs jobs, FailureSummary.Order order, int most) {
    return jobs.bind(jdbc.sql(scope, GROUPS))
        .param("byCount", order == FailureSummary.Order.COUNT)
        .param("most", most)
        .query(FailureStore::summary)
        .list();
  }

  /** One group; empty if nothing stands failed in it. */
  public Optional<FailureSummary> group(Scope scope, GroupId group) {
    return groups(scope, FailedJobs.in(group), FailureSummary.Order.LAST, 1).stream().findFirst();
  }

  /** How many there are. */
  public long count(Scope scope, FailedJobs jobs) {
    return jobs.bind(jdbc.sql(scope, COUNT)).query(Long.class).single();
  }

  /** Those that failed last. */
  public List<JobId> latest(Scope scope, FailedJobs jobs, int most) {
    return jobs.bind(jdbc.sql(scope, LATEST))
        .param("most", most)
        .query((row, _) -> new JobId(row.getObject("id", UUID.class)))
        .list();
  }

  private static FailureSummary summary(ResultSet row, int number) throws SQLException {
    Long hash = row.getObject("failure_group", Long.class);
    return new FailureSummary(
        hash == null ? GroupId.UNGROUPED : new GroupId(hash),
        about(row),
        row.getLong("jobs"),
        instant(row, "first_at"),
        new JobId(row.getObject("first_job", UUID.class)),
        instant(row, "last_at"),
        new JobId(row.getObject("last_job", UUID.class)));
  }

  private static FailureSummary.@Nullable About about(ResultSet row) throws SQLException {
    String type = row.getString("type");
    return type == null
        ? null
        : new FailureSummary.About(
            new JobType(type),
            row.getString("kind"),
            row.getString("message"),
            row.getString("frames"),
            instant(row, "first_seen"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
