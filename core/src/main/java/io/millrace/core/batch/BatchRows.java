package io.millrace.core.batch;

import io.millrace.batch.BatchParameter;
import io.millrace.batch.BatchParameters;
import io.millrace.core.batch.BatchRun.BatchProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rows of batches say. */
final class BatchRows {

  private BatchRows() {}

  static KnownBatchJob job(ResultSet row) throws SQLException {
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

  static BatchRun run(ResultSet row) throws SQLException {
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

  static BatchPartition partition(ResultSet row) throws SQLException {
    return new BatchPartition(
        row.getString("step"),
        row.getString("name"),
        row.getString("state"),
        row.getString("status"),
        row.getString("owner"),
        row.getLong("items_done"),
        row.getLong("items_total"),
        row.getLong("items_skipped"),
        new BatchPartition.Pace(
            instant(row, "started_at"),
            Duration.of(row.getLong("worked_micros"), ChronoUnit.MICROS),
            row.getDouble("per_second")),
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
