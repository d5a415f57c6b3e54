package io.millrace.scheduler.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Messages in quarantine, runs of batches, replays and groups of failures that are old, in
 * PostgreSQL. It needs a transaction, which it never begins, and waits for nobody in it. Safe for
 * use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class OldRecords {

  // Locks what nobody else has locked, through quarantine_old.
  private static final String DELETE_MESSAGES =
      """
      DELETE FROM quarantine WHERE id = ANY (ARRAY(
        SELECT id FROM quarantine WHERE last_arrived_at < :before ORDER BY last_arrived_at LIMIT :most FOR UPDATE SKIP LOCKED))
      """;

  // Locks what nobody else has locked, of a table with a row for each run. One that is never to be
  // repeated stays, but for what it did.
  private static final String RUNS =
      """
      SELECT id FROM batch_run
      WHERE ended_at < :before AND (state = 'ABANDONED' OR state = 'COMPLETED' AND (
        repeatable OR EXISTS (SELECT FROM batch_partition WHERE run_id = batch_run.id)))
      ORDER BY ended_at LIMIT :most FOR UPDATE SKIP LOCKED
      """;

  // Locks the rows, through batch_job_execution_params_run.
  private static final String INSTANCES =
      """
      SELECT DISTINCT job_instance_id FROM batch_job_execution JOIN batch_job_execution_params USING (job_execution_id)
      WHERE parameter_name = 'run' AND parameter_value = ANY (ARRAY(SELECT run::text FROM unnest(:runs::uuid[]) AS run))
      """;

  // Locks the rows, by their primary and foreign keys, from the leaves to the root.
  private static final List<String> DELETE_EXECUTIONS =
      List.of(
          """
          DELETE FROM batch_step_execution_context USING batch_step_execution AS step, batch_job_execution AS execution
          WHERE batch_step_execution_context.step_execution_id = step.step_execution_id
            AND step.job_execution_id = execution.job_execution_id AND execution.job_instance_id = ANY (:instances::bigint[])
          """,
          """
          DELETE FROM batch_step_execution USING batch_job_execution AS execution
          WHERE batch_step_execution.job_execution_id = execution.job_execution_id AND execution.job_instance_id = ANY (:instances::bigint[])
          """,
          """
          DELETE FROM batch_job_execution_context USING batch_job_execution AS execution
          WHERE batch_job_execution_context.job_execution_id = execution.job_execution_id
            AND execution.job_instance_id = ANY (:instances::bigint[])
          """,
          """
          DELETE FROM batch_job_execution_params USING batch_job_execution AS execution
          WHERE batch_job_execution_params.job_execution_id = execution.job_execution_id
            AND execution.job_instance_id = ANY (:instances::bigint[])
          """,
          "DELETE FROM batch_job_execution WHERE job_instance_id = ANY (:instances::bigint[])",
          "DELETE FROM batch_job_instance WHERE job_instance_id = ANY (:instances::bigint[])");

  // Locks the rows, through batch_partition_run, batch_skip_run and the primary key.
  private static final List<String> DELETE_RUNS =
      List.of(
          "DELETE FROM batch_partition WHERE run_id = ANY (:runs::uuid[])",
          "DELETE FROM batch_skip WHERE run_id = ANY (:runs::uuid[])",
          "DELETE FROM batch_run WHERE id = ANY (:runs::uuid[]) AND (repeatable OR state = 'ABANDONED')");

  // Locks what nobody else has locked, through replay_over. One that is made to go on meanwhile is
  // not meant any more.
  private static final String REPLAYS =
      """
      SELECT id FROM replay WHERE state IN ('PAUSED', 'STOPPED', 'DONE') AND state_since < :before
      ORDER BY state_since LIMIT :most FOR UPDATE SKIP LOCKED
      """;

  // Locks the rows, by the primary key; there may be one for each of a replay's jobs.
  private static final String DELETE_REFUSALS =
      """
      DELETE FROM replay_refusal WHERE (replay, job_id) IN (
        SELECT replay, job_id FROM replay_refusal WHERE replay = ANY (:replays::uuid[]) LIMIT :most)
      """;

  // Locks the rows, which are locked.
  private static final String DELETE_REPLAYS =
      "DELETE FROM replay WHERE id = ANY (:replays::uuid[])";

  // For this transaction: what stands failed is read in its index, even where the planner takes
  // the whole table for cheaper.
  private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true)";

  // Locks what nobody else has locked, of a table with a row for each cause. A job that fails in a
  // group that is about to go has somebody see it in the last minutes (SeenGroups), so that it is
  // none of these; or its worker waits for this transaction, and writes the group anew.
  private static final String DELETE_GROUPS =
      """
      DELETE FROM failure_group WHERE id = ANY (ARRAY(
        SELECT id FROM failure_group old
        WHERE last_seen < :before AND last_seen < clock_timestamp() - interval '1 hour' AND NOT EXISTS (
          SELECT FROM job WHERE job.state = 'FAILED' AND job.failure_message IS NOT NULL AND job.failure_group = old.id)
        LIMIT :most FOR UPDATE SKIP LOCKED))
      """;

  private final JdbcClient jdbc;

  OldRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Deletes messages from the quarantine that last arrived before a time, the oldest first.
   *
   * @return how many; fewer than {@code most} if no other is left that can be had
   */
  int deleteMessages(Instant before, int most) {
    return jdbc.sql(DELETE_MESSAGES)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("most", most)
        .update();
  }

  /**
   * Deletes what is known of runs that ended before a time and never go on. Of one that is never to
   * be done again its row and its totals stay, which say that it was.
   *
   * @return how many runs; fewer than {@code most} if no other is left that can be had
   */
  int deleteRuns(Instant before, int most) {
    UUID[] runs =
        jdbc.sql(RUNS)
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("most", most)
            .query((row, _) -> row.getObject("id", UUID.class))
            .list()
            .toArray(UUID[]::new);
    if (runs.length > 0) {
      Long[] instances =
          jdbc.sql(INSTANCES)
              .param("runs", runs)
              .query((row, _) -> row.getLong("job_instance_id"))
              .list()
              .toArray(Long[]::new);
      DELETE_EXECUTIONS.forEach(sql -> jdbc.sql(sql).param("instances", instances).update());
      DELETE_RUNS.forEach(sql -> jdbc.sql(sql).param("runs", runs).update());
    }
    return runs.length;
  }

  /**
   * Deletes replays that ended, or have rested, since before a time, with what they have refused.
   * That a job was replayed by one of them stays known.
   *
   * @return how many rows; fewer than {@code most} if no other is left that can be had
   */
  int deleteReplays(Instant before, int most) {
    UUID[] replays =
        jdbc.sql(REPLAYS)
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("most", most)
            .query((row, _) -> row.getObject("id", UUID.class))
            .list()
            .toArray(UUID[]::new);
    int refusals = jdbc.sql(DELETE_REFUSALS).param("replays", replays).param("most", most).update();
    return refusals == most
        ? most
        : refusals + jdbc.sql(DELETE_REPLAYS).param("replays", replays).update();
  }

  /**
   * Deletes groups of failures that no job is in and that were last seen before a time.
   *
   * @return how many; fewer than {@code most} if no other is left that can be had
   */
  int deleteGroups(Instant before, int most) {
    jdbc.sql(BY_INDEX).query(String.class).single();
    return jdbc.sql(DELETE_GROUPS)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("most", most)
        .update();
  }
}
