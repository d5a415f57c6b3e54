package io.millrace.chaos.engine;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sessions of a PostgreSQL. */
final class Sessions {

  private static final String TERMINATE =
      """
      SELECT count(pg_terminate_backend(pid))
      FROM pg_stat_activity
      WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
      """;

  private final JdbcClient jdbc;

  Sessions(DataSource source) {
    this.jdbc = JdbcClient.create(source);
  }

  /** Ends them all, but not its own. */
  void terminate() {
    jdbc.sql(TERMINATE).query(Long.class).single();
  }
}
