package io.millrace.scheduler.statement;

import io.millrace.scheduler.statement.StatementLine.Part;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What runs have counted so far, in PostgreSQL. It never begins a transaction. Safe for use by many
 * threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class PartStore {

  // No lock: the primary key.
  private static final String GROUPS =
      """
      SELECT max(tenant) AS last, count(*) AS tenants
      FROM (
        SELECT tenant, (row_number() OVER (ORDER BY tenant) - 1) / :size AS place
        FROM (SELECT DISTINCT tenant FROM statement_part WHERE run_id = :run) AS counted) AS numbered
      GROUP BY place ORDER BY place
      """;

  // Locks nobody out who reads or writes: what the planner knows is of a table that was empty.
  private static final String ANALYZE = "ANALYZE statement_part";

  // No lock: the primary key.
  private static final String NEXT =
      """
      SELECT tenant, type, succeeded, failed, cancelled, expired, attempts, run_micros, run_longest, run_buckets, run_counts,
        total_longest, total_buckets, total_counts
      FROM statement_part
      WHERE run_id = :run AND tenant = ANY (ARRAY(
        SELECT DISTINCT tenant FROM statement_part WHERE run_id = :run AND tenant > :after AND tenant <= :last
        ORDER BY tenant LIMIT :most))
      ORDER BY tenant, type
      """;

  // Locks the rows, which no run has a use for any more.
  private static final String FORGET =
      """
      DELETE FROM statement_part WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM statement_part
        WHERE run_id = :run OR NOT EXISTS (
          SELECT FROM batch_run WHERE batch_run.id = run_id AND batch_run.state NOT IN ('COMPLETED', 'ABANDONED'))
        LIMIT :most))
      """;

  private final JdbcClient jdbc;

  PartStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The tenants of which a run has counted something, in groups of {@code size}. */
  List<TenantGroup> groups(UUID run, int size) {
    jdbc.sql(ANALYZE).update();
    return TenantGroup.inOrder(
        jdbc.sql(GROUPS).param("run", run).param("size", size).query(TenantGroup::end).list());
  }

  /** What a run has counted of the next tenants of a group, in the order of tenants and types. */
  List<Part> next(UUID run, TenantGroup left, int most) {
    return jdbc.sql(NEXT)
        .param("run", run)
        .param("after", left.after())
        .param("last", left.last())
        .param("most", most)
        .query((row, _) -> StatementRows.part(row))
        .list();
  }

  /**
   * Deletes what a run has counted, and what others have that never go on.
   *
   * @return how many rows; fewer than {@code most} if none is left
   */
  int forget(UUID run, int most) {
    return jdbc.sql(FORGET).param("run", run).param("most", most).update();
  }
}
