package io.millrace.core.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.JobType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schedules and their firings as rows. */
final class ScheduleRows {

  private ScheduleRows() {}

  static ScheduleStatus status(ResultSet row) throws SQLException {
    return new ScheduleStatus(
        schedule(row),
        time(row, "done_until"),
        time(row, "next_at"),
        row.getString("firing") == null ? null : firing(row));
  }

  private static Schedule schedule(ResultSet row) throws SQLException {
    return new Schedule(
        row.getString("id"),
        row.getString("cron"),
        ZoneId.of(row.getString("zone")),
        work(row),
        new SchedulePolicy(
            Missed.valueOf(row.getString("missed")),
            Duration.ofMillis(row.getLong("missed_after")),
            Overlap.valueOf(row.getString("overlap"))));
  }

  private static ScheduledWork work(ResultSet row) throws SQLException {
    String batch = row.getString("batch");
    if (batch == null) {
      return new ScheduledWork.Message(
          row.getString("tenant"),
          new JobType(row.getString("type")),
          new String(row.getBytes("payload"), UTF_8));
    }
    Map<String, String> parameters = new HashMap<>();
    for (String each : (String[]) row.getArray("parameters").getArray()) {
      int equals = each.indexOf('='); // no name has one
      parameters.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new ScheduledWork.Batch(batch, parameters);
  }

  static Firing firing(ResultSet row) throws SQLException {
    OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
    return new Firing(
        row.getObject("firing", UUID.class),
        row.getString("schedule"),
        time(row, "nominal_at"),
        row.getString("requested_by"),
        new Firing.Outcome(
            FiringState.valueOf(row.getString("state")),
            row.getObject("run_id", UUID.class),
            row.getObject("job_id", UUID.class),
            row.getString("message")),
        decidedAt == null ? null : decidedAt.toInstant());
  }

  /** The columns of what a schedule runs; null in those that it does not have. */
  static Map<String, @Nullable Object> columns(ScheduledWork work) {
    Map<String, @Nullable Object> columns = new HashMap<>();
    List.of("batch", "names", "values", "tenant", "type", "payload")
        .forEach(column -> columns.put(column, null));
    switch (work) {
      case ScheduledWork.Batch batch -> {
        columns.put("batch", batch.job());
        columns.put("names", batch.parameters().keySet().toArray(String[]::new));
        columns.put("values", batch.parameters().values().toArray(String[]::new));
      }
      case ScheduledWork.Message message -> {
        columns.put("tenant", message.tenant());
        columns.put("type", message.type().name());
        columns.put("payload", message.payload().getBytes(UTF_8));
      }
    }
    return columns;
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
