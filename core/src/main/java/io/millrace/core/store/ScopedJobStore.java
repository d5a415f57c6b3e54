package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Single jobs, for somebody who may not see all of them. A job outside of their scope is not found,
 * as one that does not exist. Neither its tenant nor its type ever changes, so what was found in a
 * scope stays in it. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class ScopedJobStore {

  // No lock: the primary key.
  private static final String INCLUDES =
      """
      SELECT id FROM job WHERE id = :id AND {scope}
      """;

  // No lock: the primary key.
  private static final String FIND =
      JdbcJobStore.COLUMNS
          + """
          FROM job WHERE job.id = :id AND {scope:job}
          """;

  // No lock: the primary keys.
  private static final String ATTEMPTS =
      """
      SELECT a.job_id, a.attempt, a.worker, a.started_at, a.failed_at, a.failure_class, a.failure_message, a.failure_cause, a.call
      FROM job_attempt a JOIN job ON job.id = a.job_id
      WHERE a.job_id = :id AND {scope:job} ORDER BY a.attempt
      """;

  // No lock: the primary key.
  private static final String PROGRESS =
      """
      SELECT id, owner, attempt, progress, progress_note FROM job
      WHERE id = :id AND state = 'RUNNING' AND progress IS NOT NULL AND {scope}
      """;

  private final ScopedJdbc jdbc;

  public ScopedJobStore(ScopedJdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is such a job in {@code scope}. */
  public boolean includes(Scope scope, JobId id) {
    return statement(scope, INCLUDES, id).query(JobRows::id).optional().isPresent();
  }

  /** The job, if it is in {@code scope}. */
  public Optional<Job> find(Scope scope, JobId id) {
    return statement(scope, FIND, id).query(JobRows::job).optional();
  }

  /** Its failed attempts, the first one first. */
  public List<AttemptFailure> attempts(Scope scope, JobId id) {
    return statement(scope, ATTEMPTS, id).query(JobRows::attempt).list();
  }

  /** How far its handler is, if it runs and has said so. */
  public Optional<JobProgress> progress(Scope scope, JobId id) {
    return statement(scope, PROGRESS, id).query(JobRows::progress).optional();
  }

  private StatementSpec statement(Scope scope, String sql, JobId id) {
    return jdbc.sql(scope, sql).param("id", id.value());
  }
}
