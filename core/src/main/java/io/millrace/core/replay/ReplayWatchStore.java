package io.millrace.core.replay;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How replays stand, for whoever watches them: many at a time, by their ids. It locks nothing. Safe
 * for use by many threads.
 */
public final class ReplayWatchStore {

  // No lock: the primary key, once for each id.
  private static final String STANDING =
      "SELECT id, " + ReplayRows.PROGRESS + "FROM replay WHERE id = ANY (:ids)";

  private final JdbcClient jdbc;

  public ReplayWatchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How a replay stands. */
  public record Watched(UUID id, ReplayProgress progress) {}

  /**
   * How these replays stand; those that are not there any more are left out.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  public List<Watched> standing(Collection<UUID> ids) {
    return jdbc.sql(STANDING)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, _) -> new Watched(row.getObject("id", UUID.class), ReplayRows.progress(row)))
        .list();
  }
}
