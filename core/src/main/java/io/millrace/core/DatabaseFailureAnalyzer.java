package io.millrace.core;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says what to do when a process cannot start for want of its database, instead of how it failed.
 */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  private final Environment environment;

  DatabaseFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
    String action = action(String.valueOf(cause.getSQLState()));
    if (action == null) {
      return null;
    }
    String url = environment.getProperty("spring.datasource.url", "its address");
    return new FailureAnalysis(
        "No database at %s: %s".formatted(url, cause.getMessage()), action, cause);
  }

  /** By the classes of PostgreSQL's error codes, appendix A of its manual. */
  private static @Nullable String action(String sqlState) {
    if (sqlState.startsWith("08") || sqlState.startsWith("57P")) {
      return "Start PostgreSQL there, or set MILLRACE_DATABASE_URL to where it is.";
    }
    if (sqlState.startsWith("28")) {
      return "Set MILLRACE_DATABASE_USER and MILLRACE_DATABASE_PASSWORD to a user that may log in.";
    }
    if (sqlState.startsWith("3D")) {
      return "Create the database, or name another one in MILLRACE_DATABASE_URL.";
    }
    return null;
  }
}
