package io.millrace.scheduler.batch;

import io.millrace.batch.ControlTotal;
import io.millrace.core.batch.BatchRunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What whoever manages a run reads and writes of it. Nothing is written unless the token is that of
 * the last claim. Safe for use by many threads.
 *
 * @throws LeaseLostException from what writes, if another has taken over
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class RunStore {

  /**
   * How a step stands.
   *
   * @param open partitions that have not ended
   */
  record Standing(long open, boolean stopRequested) {}

  /**
   * How many items are done, of how many of the steps that have begun, and how many were skipped.
   */
  record Count(long done, long total, long skipped) {}

  // No lock: batch_partition_run. The last execution of each partition.
  private static final String KNOWN =
      """
      SELECT DISTINCT ON (part.name) part.step_execution_id, part.name, part.place, part.items_done, part.items_skipped, step.status
      FROM batch_partition part JOIN batch_step_execution step USING (step_execution_id)
      WHERE part.run_id = :run AND part.step = :step
      ORDER BY part.name, part.step_execution_id DESC
      """;

  // Shares a lock on the run, by the primary key: a take-over waits for it, and makes them void.
  private static final String ADD =
      """
      INSERT INTO batch_partition (step_execution_id, run_id, step, name, place, items_total, items_before, items_done, items_skipped, state)
      SELECT u.id, run.id, :step, u.name, u.place, u.items, u.done, u.done, u.skipped, 'READY'
      FROM unnest(:ids::bigint[], :names::text[], :places::integer[], :items::bigint[], :done::bigint[], :skipped::bigint[])
          AS u (id, name, place, items, done, skipped),
        (SELECT id FROM batch_run WHERE id = :run AND token = :token AND state = 'RUNNING' FOR SHARE) AS run
      """;

  // No lock: the primary key, and batch_partition_run.
  private static final String STANDING =
      """
      SELECT run.stop_requested,
        (SELECT count(*) FROM batch_partition part
          WHERE part.run_id = run.id AND part.step = :step AND part.state IN ('READY', 'RUNNING')) AS open
      FROM batch_run run WHERE run.id = :run AND run.token = :token AND run.state = 'RUNNING'
      """;

  // No lock: batch_partition_run. Why the last of those that have failed has.
  private static final String FAILURE =
      """
      SELECT 'partition ' || name || ' of step ' || step || ': ' || message AS message, permanent FROM batch_partition
      WHERE run_id = :run AND message IS NOT NULL AND state = 'ENDED'
      ORDER BY permanent DESC, step_execution_id DESC LIMIT 1
      """;

  // Locks the run, by the primary key; reads batch_partition_run and Spring Batch's primary key. Of
  // what has completed the total is
  // known, whatever was said.
  private static final String PROGRESS =
      """
      UPDATE batch_run SET step = :step, items_done = sums.done, items_total = sums.total, items_skipped = sums.skipped,
        items_a_second = :rate
      FROM (
        SELECT coalesce(sum(done), 0) AS done, coalesce(sum(skipped), 0) AS skipped,
          CASE WHEN bool_and(total > 0 OR done = 0 OR completed) THEN sum(greatest(total, done)) ELSE 0 END AS total
        FROM (
          SELECT max(part.items_done) AS done, max(part.items_total) AS total, max(part.items_skipped) AS skipped,
            bool_or(execution.status = 'COMPLETED') AS completed
          FROM batch_partition part JOIN batch_step_execution execution USING (step_execution_id)
          WHERE part.run_id = :run GROUP BY part.step, part.name) AS parts) AS sums
      WHERE id = :run AND token = :token AND state = 'RUNNING'
      RETURNING items_done, items_total, items_skipped
      """;

  // Locks the run, by the primary key, and the totals that are there.
  private static final String TOTALS =
      """
      INSERT INTO batch_total (run_id, name, expected, actual)
      SELECT run.id, u.name, u.expected, u.actual
      FROM unnest(:names::text[], :expected::numeric[], :actual::numeric[]) AS u (name, expected, actual),
        (SELECT id FROM batch_run WHERE id = :run AND token = :token AND state = 'RUNNING' FOR SHARE) AS run
      ON CONFLICT (run_id, name) DO UPDATE SET expected = excluded.expected, actual = excluded.actual
      """;

  // Locks nothing but its own row.
  private static final String SKIP =
      """
      INSERT INTO batch_skip (run_id, step, partition, item, reason, skipped_at)
      VALUES (:run, :step, :partition, :item, :reason, clock_timestamp())
      """;

  // Locks the run, by the primary key.
  private static final String END =
      """
      UPDATE batch_run SET state = :state, owner = NULL, lease_until = NULL, step = NULL, items_a_second = 0, stop_requested = false,
        ended_at = clock_timestamp(), message = :message
      WHERE id = :run AND token = :token AND state = 'RUNNING'
      """;

  // Locks the run, by the primary key.
  private static final String AGAIN =
      """
      UPDATE batch_run SET state = CASE WHEN stop_requested THEN 'STOPPED' ELSE 'REQUESTED' END, owner = NULL, lease_until = NULL,
        step = NULL, items_a_second = 0, ended_at = CASE WHEN stop_requested THEN clock_timestamp() END, stop_requested = false,
        due_at = clock_timestamp() + :after * interval '1 microsecond', message = :message
      WHERE id = :run AND token = :token AND state = 'RUNNING'
      """;

  private final JdbcClient jdbc;

  RunStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The partitions of a step, as this run knows them; none if the step has not begun. */
  List<KnownPartition> known(UUID run, String step) {
    return jdbc.sql(KNOWN)
        .param("run", run)
        .param("step", step)
        .query(
            (row, _) ->
                new KnownPartition(
                    row.getLong("step_execution_id"),
                    row.getString("name"),
                    row.getInt("place"),
                    row.getLong("items_done"),
                    row.getLong("items_skipped"),
                    BatchStatus.valueOf(row.getString("status"))))
        .list();
  }

  /** Lets every scheduler work at the partitions: all of them or, if it throws, none. */
  void add(ClaimedRun run, String step, List<NewPartition> partitions) {
    int added =
        jdbc.sql(ADD)
            .param("run", run.id())
            .param("token", run.token())
            .param("step", step)
            .param("ids", partitions.stream().map(NewPartition::id).toArray(Long[]::new))
            .param(
                "names",
                partitions.stream().map(each -> each.partition().name()).toArray(String[]::new))
            .param("places", partitions.stream().map(NewPartition::place).toArray(Integer[]::new))
            .param(
                "items",
                partitions.stream().map(each -> each.partition().items()).toArray(Long[]::new))
            .param("done", partitions.stream().map(NewPartition::done).toArray(Long[]::new))
            .param("skipped", partitions.stream().map(NewPartition::skipped).toArray(Long[]::new))
            .update();
    if (added != partitions.size()) {
      throw lost(run);
    }
  }

  /** How a step of a run that is ours stands. */
  Standing standing(ClaimedRun run, String step) {
    return jdbc.sql(STANDING)
        .param("run", run.id())
        .param("token", run.token())
        .param("step", step)
        .query((row, _) -> new Standing(row.getLong("open"), row.getBoolean("stop_requested")))
        .optional()
        .orElseThrow(() -> lost(run));
  }

  /** Why a partition has failed: the last one, or one that fails again whatever is done. */
  Optional<PartitionFailedException> failure(ClaimedRun run) {
    return jdbc.sql(FAILURE)
        .param("run", run.id())
        .query(
            (row, _) ->
                new PartitionFailedException(row.getString("message"), row.getBoolean("permanent")))
        .optional();
  }

  /**
   * Shows how far a run has come.
   *
   * @param perSecond lately
   */
  Count progress(ClaimedRun run, String step, double perSecond) {
    return jdbc.sql(PROGRESS)
        .param("run", run.id())
        .param("token", run.token())
        .param("step", step)
        .param("rate", perSecond)
        .query(
            (row, _) ->
                new Count(
                    row.getLong("items_done"),
                    row.getLong("items_total"),
                    row.getLong("items_skipped")))
        .optional()
        .orElseThrow(() -> lost(run));
  }

  /** Keeps the totals. */
  void keep(ClaimedRun run, List<ControlTotal> totals) {
    int kept =
        jdbc.sql(TOTALS)
            .param("run", run.id())
            .param("token", run.token())
            .param("names", totals.stream().map(ControlTotal::name).toArray(String[]::new))
            .param(
                "expected",
                totals.stream().map(each -> each.expected().toPlainString()).toArray(String[]::new))
            .param(
                "actual",
                totals.stream().map(each -> each.actual().toPlainString()).toArray(String[]::new))
            .update();
    if (kept != totals.size()) {
      throw lost(run);
    }
  }

  /** Keeps what was left out, in the transaction of its chunk. */
  void skip(ClaimedPartition partition, String item, String reason) {
    jdbc.sql(SKIP)
        .param("run", partition.context().run())
        .param("step", partition.step())
        .param("partition", partition.name())
        .param("item", FailureText.cut(item))
        .param("reason", FailureText.cut(reason))
        .update();
  }

  /**
   * Ends a run.
   *
   * @param state COMPLETED, STOPPED or FAILED
   * @param message why; null if there is nothing to say
   */
  void end(ClaimedRun run, BatchRunState state, @Nullable String message) {
    int ended =
        jdbc.sql(END)
            .param("run", run.id())
            .param("token", run.token())
            .param("state", state.name())
            .param("message", message)
            .update();
    if (ended == 0) {
      throw lost(run);
    }
  }

  /** Has a run begin again after a while; unless it is to stop, then it has. */
  void again(ClaimedRun run, Duration after, String message) {
    int changed =
        jdbc.sql(AGAIN)
            .param("run", run.id())
            .param("token", run.token())
            .param("after", after.toNanos() / 1_000)
            .param("message", message)
            .update();
    if (changed == 0) {
      throw lost(run);
    }
  }

  private static LeaseLostException lost(ClaimedRun run) {
    return new LeaseLostException("run " + run.id() + " of " + run.job());
  }
}
