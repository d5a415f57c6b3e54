package io.millrace.core.batch;

import io.millrace.batch.ControlTotal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs in PostgreSQL. */
public final class JdbcBatchRunStore implements BatchRunStore {

  // No lock: the whole table, which has a row for each job.
  private static final String JOBS =
      """
      SELECT name, description, repeatable, parameter_names, parameter_kinds, parameter_descriptions, parameter_defaults, seen_at
      FROM batch_job ORDER BY name
      """;

  // No lock but that of an entry in batch_run_open or batch_run_once, which decide.
  private static final String REQUEST =
      """
      INSERT INTO batch_run (id, job, parameters, repeatable, state, requested_by, requested_at, due_at)
      VALUES (:id, :job, jsonb_object(:names::text[], :values::text[]), :repeatable, 'REQUESTED', :by, clock_timestamp(), clock_timestamp())
      ON CONFLICT DO NOTHING
      """;

  // No lock: batch_run_open or batch_run_once. Nothing but what is in the way of such a run by one
  // of them.
  private static final String TAKEN_BY =
      """
      SELECT id FROM batch_run
      WHERE job = :job AND parameters = jsonb_object(:names::text[], :values::text[])
        AND (state NOT IN ('COMPLETED', 'ABANDONED') OR NOT repeatable AND NOT :repeatable AND state <> 'ABANDONED')
      ORDER BY requested_at DESC LIMIT 1
      """;

  // Locks the row, by the primary key.
  private static final String STOP =
      """
      UPDATE batch_run SET stop_requested = state = 'RUNNING',
        ended_at = CASE state WHEN 'REQUESTED' THEN clock_timestamp() END,
        state = CASE state WHEN 'REQUESTED' THEN 'STOPPED' ELSE state END
      WHERE id = :id AND state IN ('REQUESTED', 'RUNNING')
      """;

  // Locks the row, by the primary key.
  private static final String RESTART =
      """
      UPDATE batch_run SET state = 'REQUESTED', due_at = clock_timestamp(), stop_requested = false, begun = '{}', ended_at = NULL,
        message = NULL
      WHERE id = :id AND state IN ('STOPPED', 'FAILED')
      """;

  // Locks the row, by the primary key.
  private static final String ABANDON =
      """
      UPDATE batch_run SET state = 'ABANDONED' WHERE id = :id AND state IN ('STOPPED', 'FAILED')
      """;

  // No lock: the primary key.
  private static final String FIND =
      """
      SELECT id, job, ARRAY(SELECT key || '=' || value FROM jsonb_each_text(parameters)) AS parameters, state, requested_by, requested_at,
        due_at, stop_requested, owner, cardinality(begun) AS begun, started_at, ended_at, step, items_done, items_total, items_skipped,
        items_a_second, message
      FROM batch_run WHERE id = :id
      """;

  // No lock: batch_run_latest.
  private static final String LATEST =
      """
      SELECT id, job, ARRAY(SELECT key || '=' || value FROM jsonb_each_text(parameters)) AS parameters, state, requested_by, requested_at,
        due_at, stop_requested, owner, cardinality(begun) AS begun, started_at, ended_at, step, items_done, items_total, items_skipped,
        items_a_second, message
      FROM batch_run WHERE :job::text IS NULL OR job = :job ORDER BY requested_at DESC, id LIMIT :most
      """;

  // No lock: batch_partition_run, and the primary keys of Spring Batch.
  private static final String PARTITIONS =
      """
      SELECT step, name, state, status, owner, items_done, items_skipped, items_total, started_at, worked_micros, message,
        coalesce((items_done - items_before) * 1e6 / nullif(worked_micros, 0), 0) AS per_second
      FROM (
        SELECT part.step, part.name, part.state, execution.status, part.owner, part.place, part.items_before, part.items_done,
          part.items_skipped, part.items_total, part.started_at, part.message,
          coalesce(extract(epoch FROM coalesce(part.ended_at, clock_timestamp()) - part.started_at) * 1000000, 0)::bigint AS worked_micros,
          min(step_execution_id) OVER (PARTITION BY part.step) AS place_of_step,
          row_number() OVER (PARTITION BY part.step, part.name ORDER BY step_execution_id DESC) AS age
        FROM batch_partition part JOIN batch_step_execution execution USING (step_execution_id)
        WHERE part.run_id = :id) AS executions
      WHERE age = 1
      ORDER BY place_of_step, place, name
      """;

  // No lock: batch_skip_run.
  private static final String SKIPPED =
      """
      SELECT step, partition, item, reason, skipped_at FROM batch_skip WHERE run_id = :id ORDER BY id LIMIT :most
      """;

  // No lock: the primary key.
  private static final String TOTALS =
      """
      SELECT name, expected, actual FROM batch_total WHERE run_id = :id ORDER BY name
      """;

  private final JdbcClient jdbc;

  public JdbcBatchRunStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<KnownBatchJob> jobs() {
    return jdbc.sql(JOBS).query((row, _) -> BatchRows.job(row)).list();
  }

  @Override
  public BatchRequest request(String job, Map<String, String> given, LocalDate today, String by) {
    Optional<KnownBatchJob> known =
        jobs().stream().filter(each -> each.name().equals(job)).findFirst();
    if (known.isEmpty()) {
      return new BatchRequest.UnknownJob(job);
    }
    Map<String, String> values;
    try {
      values = known.get().parameters().values(job, given, today);
    } catch (IllegalArgumentException e) {
      return new BatchRequest.WrongParameters(String.valueOf(e.getMessage()));
    }
    return request(known.get(), values, by);
  }

  private BatchRequest request(KnownBatchJob job, Map<String, String> values, String by) {
    String[] names = values.keySet().toArray(String[]::new);
    String[] texts = values.values().toArray(String[]::new);
    while (true) {
      UUID id = UUID.randomUUID();
      int added =
          jdbc.sql(REQUEST)
              .param("id", id)
              .param("job", job.name())
              .param("names", names)
              .param("values", texts)
              .param("repeatable", job.isRepeatable())
              .param("by", by)
              .update();
      if (added == 1) {
        return new BatchRequest.Accepted(find(id).orElseThrow());
      }
      Optional<BatchRun> other =
          jdbc.sql(TAKEN_BY)
              .param("job", job.name())
              .param("names", names)
              .param("values", texts)
              .param("repeatable", job.isRepeatable())
              .query(UUID.class)
              .optional()
              .flatMap(this::find);
      if (other.isPresent()) { // or it is out of the way just now
        return new BatchRequest.Taken(other.get());
      }
    }
  }

  @Override
  public BatchChange stop(UUID run) {
    return change(STOP, run);
  }

  @Override
  public BatchChange restart(UUID run) {
    return change(RESTART, run);
  }

  @Override
  public BatchChange abandon(UUID run) {
    return change(ABANDON, run);
  }

  private BatchChange change(String sql, UUID run) {
    boolean changed = jdbc.sql(sql).param("id", run).update() == 1;
    Optional<BatchRun> now = find(run);
    if (now.isEmpty()) {
      return new BatchChange.Unknown();
    }
    return changed ? new BatchChange.Changed(now.get()) : new BatchChange.Impossible(now.get());
  }

  @Override
  public Optional<BatchRun> find(UUID run) {
    return jdbc.sql(FIND).param("id", run).query((row, _) -> BatchRows.run(row)).optional();
  }

  @Override
  public List<BatchRun> latest(Optional<String> job, int most) {
    return jdbc.sql(LATEST)
        .param("job", job.orElse(null))
        .param("most", most)
        .query((row, _) -> BatchRows.run(row))
        .list();
  }

  @Override
  public List<BatchPartition> partitions(UUID run) {
    return jdbc.sql(PARTITIONS).param("id", run).query((row, _) -> BatchRows.partition(row)).list();
  }

  @Override
  public List<SkippedItem> skipped(UUID run, int most) {
    return jdbc.sql(SKIPPED)
        .param("id", run)
        .param("most", most)
        .query(
            (row, _) ->
                new SkippedItem(
                    row.getString("step"),
                    row.getString("partition"),
                    row.getString("item"),
                    row.getString("reason"),
                    row.getObject("skipped_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  @Override
  public List<ControlTotal> totals(UUID run) {
    return jdbc.sql(TOTALS)
        .param("id", run)
        .query(
            (row, _) ->
                new ControlTotal(
                    row.getString("name"),
                    row.getBigDecimal("expected"),
                    row.getBigDecimal("actual")))
        .list();
  }
}
