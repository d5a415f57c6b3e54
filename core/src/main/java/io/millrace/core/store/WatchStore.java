package io.millrace.core.store;

import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How jobs stand, for whoever watches them: many at a time, by their ids. It locks nothing. Safe
 * for use by many threads.
 */
public final class WatchStore {

  // No lock: the primary key, once for each id.
  private static final String STANDING =
      """
      SELECT id, state, wait_reason, attempt, failures, CASE WHEN state = 'RUNNING' THEN progress END AS progress,
        CASE WHEN state = 'RUNNING' THEN progress_note END AS progress_note, failure_class
      FROM job WHERE id = ANY (:ids)
      """;

  private final JdbcClient jdbc;

  public WatchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How a job stands.
   *
   * @param done how far its handler is, from 0 to 1; null if it does not run, or says nothing
   * @param failure the kind of the failure that it has ended with
   */
  public record Watched(
      UUID id,
      JobState state,
      @Nullable WaitReason waitReason,
      int attempt,
      int failures,
      @Nullable Double done,
      @Nullable String note,
      @Nullable String failure) {}

  /**
   * How these jobs stand; those that are not there any more are left out.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  public List<Watched> standing(Collection<UUID> ids) {
    return jdbc.sql(STANDING)
        .param("ids", ids.toArray(UUID[]::new))
        .query(WatchStore::watched)
        .list();
  }

  private static Watched watched(ResultSet row, int number) throws SQLException {
    String waitReason = row.getString("wait_reason");
    return new Watched(
        row.getObject("id", UUID.class),
        JobState.valueOf(row.getString("state")),
        waitReason == null ? null : WaitReason.valueOf(waitReason),
        row.getInt("attempt"),
        row.getInt("failures"),
        row.getObject("progress", Double.class),
        row.getString("progress_note"),
        row.getString("failure_class"));
  }
}
