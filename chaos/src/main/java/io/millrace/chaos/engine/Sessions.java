package io.millrace.chaos.engine;

import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sessions of a PostgreSQL. */
final class Sessions {

  private static final String TERMINATE =
      """
      SELECT count(pg_terminate_backend(pid))
      FROM pg_stat_activity
      WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
      """;

  private static final String SWITCH_LOG = "SELECT pg_switch_wal()";

  private final JdbcClient jdbc;

  Sessions(DataSource source) {
    this.jdbc = JdbcClient.create(source);
  }

  /** Ends them all, but not its own. */
  void terminate() {
    jdbc.sql(TERMINATE).query(Long.class).single();
  }

  /** Begins another file of the write-ahead log, if there is a server that has room for one. */
  void trySwitchLog() {
    try {
      jdbc.sql(SWITCH_LOG).query(String.class).single();
    } catch (DataAccessException _) {
      return; // there is none: that was the purpose
    }
  }
}
