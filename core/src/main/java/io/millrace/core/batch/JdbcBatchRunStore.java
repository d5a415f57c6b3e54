package io.millrace.core.batch;

import io.millrace.batch.BatchParameter;
import io.millrace.batch.BatchParameters;
import io.millrace.batch.ControlTotal;
import io.millrace.core.batch.BatchRun.BatchProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  // No lock: batch_run_open or batch_run_once.
  private static final String TAKEN_BY =
      """
      SELECT id FROM batch_run
      WHERE job = :job AND parameters = jsonb_object(:names::text[], :values::text[]) AND state <> 'ABANDONED'
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
      SELECT p.step, p.name, (array_agg(p.state ORDER BY p.step_execution_id DESC))[1] AS state,
        (array_agg(s.status ORDER BY p.step_execution_id DESC))[1] AS status,
        (array_agg(p.owner ORDER BY p.step_execution_id DESC))[1] AS owner,
        sum(s.read_count + s.read_skip_count) AS done, max(p.items_total) AS total,
        sum(s.read_skip_count + s.process_skip_count + s.write_skip_count) AS skipped,
        (array_agg(s.start_time ORDER BY p.step_execution_id DESC))[1] AS started_at,
        (array_agg(s.end_time ORDER BY p.step_execution_id DESC))[1] AS ended_at
      FROM batch_partition p JOIN batch_step_execution s USING (step_execution_id)
      WHERE p.run_id = :id
      GROUP BY p.step, p.name
      ORDER BY min(p.step_execution_id), min(p.place)
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
    return jdbc.sql(JOBS).query((row, _) -> job(row)).list();
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
              .query(UUID.class)
              .optional()
              .flatMap(this::find);
      if (other.isPresent()) { // or it was abandoned just now
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
    return jdbc.sql(FIND).param("id", run).query((row, _) -> run(row)).optional();
  }

  @Override
  public List<BatchRun> latest(Optional<String> job, int most) {
    return jdbc.sql(LATEST)
        .param("job", job.orElse(null))
        .param("most", most)
        .query((row, _) -> run(row))
        .list();
  }

  @Override
  public List<BatchPartition> partitions(UUID run) {
    return jdbc.sql(PARTITIONS)
        .param("id", run)
        .query(
            (row, _) ->
                new BatchPartition(
                    row.getString("step"),
                    row.getString("name"),
                    row.getString("state"),
                    row.getString("status"),
                    row.getString("owner"),
                    row.getLong("done"),
                    row.getLong("total"),
                    row.getLong("skipped"),
                    row.getObject("started_at", LocalDateTime.class),
                    row.getObject("ended_at", LocalDateTime.class)))
        .list();
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

  private static KnownBatchJob job(ResultSet row) throws SQLException {
    String[] names = texts(row, "parameter_names");
    String[] kinds = texts(row, "parameter_kinds");
    String[] descriptions = texts(row, "parameter_descriptions");
    @Nullable String[] defaults = (String[]) row.getArray("parameter_defaults").getArray();
    List<BatchParameter> parameters = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      parameters.add(
          new BatchParameter(
              names[i], BatchParameter.Kind.valueOf(kinds[i]), descriptions[i], defaults[i]));
    }
    return new KnownBatchJob(
        row.getString("name"),
        row.getString("description"),
        row.getBoolean("repeatable"),
        new BatchParameters(parameters),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }

  private static BatchRun run(ResultSet row) throws SQLException {
    Map<String, String> parameters = new HashMap<>();
    for (String each : texts(row, "parameters")) {
      int equals = each.indexOf('='); // no name has one
      parameters.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new BatchRun(
        row.getObject("id", UUID.class),
        row.getString("job"),
        parameters,
        BatchRunState.valueOf(row.getString("state")),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("stop_requested"),
        row.getString("owner"),
        row.getInt("begun"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        new BatchProgress(
            row.getString("step"),
            row.getLong("items_done"),
            row.getLong("items_total"),
            row.getLong("items_skipped"),
            row.getDouble("items_a_second")),
        row.getString("message"));
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
