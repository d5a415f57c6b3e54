package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When single jobs were replayed, and by whom. It locks nothing. Safe for use by many threads. */
public final class JobReplays {

  // No lock: the primary keys.
  private static final String OF_JOB =
      """
      SELECT r.attempt, r.replayed_at, r.requested_by, r.replay, r.payload IS NOT NULL AS edited
      FROM job_replay r JOIN job ON job.id = r.job_id
      WHERE r.job_id = :id AND {scope:job} ORDER BY r.attempt
      """;

  private final ScopedJdbc jdbc;

  public JobReplays(ScopedJdbc jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * That a job was made to run once more.
   *
   * @param attempt the one that it then began
   * @param replay of which it was a part, and which may be gone by now; null if it was for itself
   * @param edited whether it got another payload
   */
  public record Entry(
      int attempt, Instant at, String requestedBy, @Nullable UUID replay, boolean edited) {}

  /** Those of one job, the first one first. */
  public List<Entry> of(Scope scope, JobId job) {
    return jdbc.sql(scope, OF_JOB)
        .param("id", job.value())
        .query(
            (row, _) ->
                new Entry(
                    row.getInt("attempt"),
                    row.getObject("replayed_at", OffsetDateTime.class).toInstant(),
                    row.getString("requested_by"),
                    row.getObject("replay", UUID.class),
                    row.getBoolean("edited")))
        .list();
  }
}
