package io.millrace.core.store;

import io.millrace.core.dependency.DependencyKey;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parked jobs in PostgreSQL. */
public final class JdbcParkedStore implements ParkedStore {

  // No lock: jumps from dependency to dependency through job_parked.
  private static final String AWAITED =
      """
      WITH RECURSIVE found AS (
        (SELECT dependency FROM job WHERE wait_reason = 'PARKED' AND dependency > :after ORDER BY dependency LIMIT 1)
        UNION ALL
        SELECT (SELECT job.dependency FROM job WHERE job.wait_reason = 'PARKED' AND job.dependency > found.dependency
          ORDER BY job.dependency LIMIT 1)
        FROM found WHERE found.dependency IS NOT NULL)
      SELECT dependency FROM found WHERE dependency IS NOT NULL LIMIT :most
      """;

  // An advisory lock on the dependency, as long as the transaction; not if another has it.
  private static final String CLAIM =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('dependency ' || :dependency, 0))";

  // No lock: job_returning, which holds what a window lets back and no more.
  private static final String RETURNING =
      """
      SELECT count(*) FROM job WHERE dependency IS NOT NULL AND state IN ('QUEUED', 'RUNNING') AND dependency = :dependency
      """;

  // Locks what it finds, through job_parked: jumps from tenant to tenant, begins behind the last
  // one of the look before, and takes the
  // first of each.
  private static final String LOCK_NEXT =
      """
      WITH RECURSIVE found AS (
        (SELECT tenant FROM job WHERE wait_reason = 'PARKED' AND dependency = :dependency AND tenant > :after ORDER BY tenant LIMIT 1)
        UNION ALL
        SELECT (SELECT job.tenant FROM job WHERE job.wait_reason = 'PARKED' AND job.dependency = :dependency
          AND job.tenant > found.tenant ORDER BY job.tenant LIMIT 1)
        FROM found WHERE found.tenant IS NOT NULL),
      taken AS MATERIALIZED (SELECT tenant FROM found WHERE tenant IS NOT NULL LIMIT :room)
      SELECT parked.* FROM taken
      CROSS JOIN LATERAL (
        SELECT job.id, job.tenant, job.type, job.lane, job.state, job.wait_reason, job.due_at, job.attempt, job.owner,
          job.concurrency_key, job.deadline, job.started_at, job.failures, job.crashes, job.first_failure_at
        FROM job
        WHERE job.wait_reason = 'PARKED' AND job.dependency = :dependency AND job.tenant = taken.tenant
          AND job.due_at <= clock_timestamp()
        ORDER BY job.due_at LIMIT greatest(:room / (SELECT count(*) FROM taken), 1)
        FOR UPDATE SKIP LOCKED) AS parked
      """;

  private final JdbcClient jdbc;

  public JdbcParkedStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<DependencyKey> awaited(String after, int most) {
    return jdbc.sql(AWAITED)
        .param("after", after)
        .param("most", most)
        .query((row, _) -> new DependencyKey(row.getString(1)))
        .list();
  }

  @Override
  public List<JobHead> lockNext(DependencyKey dependency, int window, String after) {
    boolean ours =
        jdbc.sql(CLAIM).param("dependency", dependency.value()).query(Boolean.class).single();
    if (!ours) {
      return List.of();
    }
    long returning =
        jdbc.sql(RETURNING).param("dependency", dependency.value()).query(Long.class).single();
    long room = window - returning;
    return room <= 0
        ? List.of()
        : jdbc.sql(LOCK_NEXT)
            .param("dependency", dependency.value())
            .param("after", after)
            .param("room", room)
            .query(JobRows::head)
            .list();
  }
}
