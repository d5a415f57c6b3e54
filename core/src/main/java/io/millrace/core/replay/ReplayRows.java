package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.GroupId;
import io.millrace.core.store.ListedJob;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as replays. */
final class ReplayRows {

  /**
   * Columns for {@link #progress}. A slice is over when the next one is due: so its rest counts as
   * soon as the slice does.
   */
  static final String PROGRESS =
      """
      state, reason, total, replayed, refused,
        (extract(epoch FROM CASE WHEN state = 'RUNNING' THEN ran + (greatest(clock_timestamp(), next_at) - state_since) ELSE ran END)
          * 1000000)::bigint AS ran_micros
      """;

  private ReplayRows() {}

  static Replay replay(ResultSet row, int number) throws SQLException {
    return new Replay(
        row.getObject("id", UUID.class),
        order(row),
        progress(row),
        row.getBoolean("canary_passed"),
        new ListedJob.Position(
            Objects.requireNonNull(instant(row, "cursor_at")),
            new JobId(row.getObject("cursor_id", UUID.class))),
        Objects.requireNonNull(instant(row, "as_of")),
        instant(row, "ended_at"));
  }

  static ReplayProgress progress(ResultSet row) throws SQLException {
    Long ran = row.getObject("ran_micros", Long.class);
    return new ReplayProgress(
        ReplayState.valueOf(row.getString("state")),
        row.getString("reason"),
        new Replay.Counts(row.getLong("total"), row.getLong("replayed"), row.getLong("refused")),
        ran == null ? null : Duration.of(ran, ChronoUnit.MICROS));
  }

  private static NewReplay order(ResultSet row) throws SQLException {
    return new NewReplay(
        row.getString("requested_by"),
        row.getString("idempotency_key"),
        ScopeColumns.of(texts(row, "scope_tenants"), texts(row, "scope_types")).scope(),
        jobs(row),
        new NewReplay.Manner(
            edit(row), row.getInt("per_second"), row.getInt("canary"), row.getInt("canary_share")));
  }

  private static FailedJobs jobs(ResultSet row) throws SQLException {
    Array ids = row.getArray("job_ids");
    String type = row.getString("type");
    return new FailedJobs(
        ids == null ? null : Stream.of((UUID[]) ids.getArray()).map(JobId::new).toList(),
        group(row),
        row.getString("tenant"),
        type == null ? null : new JobType(type),
        row.getString("failure_text"),
        instant(row, "failed_from"),
        instant(row, "failed_to"));
  }

  private static @Nullable GroupId group(ResultSet row) throws SQLException {
    if (row.getBoolean("ungrouped")) {
      return GroupId.UNGROUPED;
    }
    Long hash = row.getObject("failure_group", Long.class);
    return hash == null ? null : new GroupId(hash);
  }

  private static PayloadEdit edit(ResultSet row) throws SQLException {
    byte[] payload = row.getBytes("payload");
    String patch = row.getString("patch");
    if (payload != null) {
      return new PayloadEdit.Replace(payload);
    }
    return patch == null ? PayloadEdit.NONE : new PayloadEdit.Merge(patch);
  }

  private static String @Nullable [] texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : (String[]) array.getArray();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
