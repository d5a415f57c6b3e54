package io.millrace.admin.problem;

import java.sql.SQLException;
import java.time.Duration;
import org.springframework.core.NestedRuntimeException;

/** What it means for a request that the database has refused something, or has not answered. */
final class DatabaseRefusals {

  /** As long as a connection is waited for: earlier the answer would be the same. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** SQLSTATE class 22: a value that no column can hold, such as a NUL in a text. */
  private static final String DATA = "22";

  /** SQLSTATE class 23: another row is in the way, or one is missing. */
  private static final String INTEGRITY = "23";

  /** SQLSTATE class 42: the statement itself is wrong, which is nobody's fault but ours. */
  private static final String STATEMENT = "42";

  private DatabaseRefusals() {}

  static ApiProblem of(NestedRuntimeException e) {
    return switch (sqlStateClass(e)) {
      case DATA ->
          new ApiProblem(
              ProblemType.INVALID_REQUEST,
              "the request has a value that the database cannot keep, such as a NUL in a text",
              e);
      case INTEGRITY ->
          new ApiProblem(
              ProblemType.CONFLICT, "something else has changed meanwhile: look again", e);
      case STATEMENT ->
          new ApiProblem(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.title(), e);
      default -> away(e);
    };
  }

  private static ApiProblem away(NestedRuntimeException e) {
    return new ApiProblem(
            ProblemType.UNAVAILABLE, "the database does not answer; try again in a moment", e)
        .retryAfter(WAIT);
  }

  private static String sqlStateClass(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().length() < 2 ? "" : sql.getSQLState().substring(0, 2);
      }
    }
    return "";
  }
}
