package io.millrace.worker.execution;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.handler.CallContext;
import io.millrace.worker.claim.ActiveJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs a handler in a transaction that it shares with the success of its job: both commit, or
 * neither. The row of the job is touched at the end only, so that nobody waits for its lock while
 * the handler runs. Safe for use by many threads.
 */
public final class TransactionalWork {

  private static final Failure SWALLOWED =
      new Failure(
          "TRANSACTION_ABORTED",
          "a statement of the handler failed, which ends a transaction of PostgreSQL, and the handler went on as if it had not: let it throw the SQLException, or set a savepoint before what may fail",
          null);

  private final DataSource source;
  private final TransactionOperations transaction;
  private final SuccessRecorder recorder;
  private final InstantSource clock;

  public TransactionalWork(
      DataSource source,
      TransactionOperations transaction,
      SuccessRecorder recorder,
      InstantSource clock) {
    this.source = source;
    this.transaction = transaction;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Runs the job.
   *
   * @param limit after which the database ends the transaction by itself, should nobody else
   */
  FinishedJob run(ActiveJob job, CallContext context, Duration limit) {
    try {
      FinishedJob finished = transaction.execute(status -> runNow(job, context, limit, status));
      if (finished == null) {
        throw new IllegalStateException("a transaction that answers nothing");
      }
      return finished;
    } catch (DataIntegrityViolationException e) {
      // The result, or what the handler wrote and the database checks at the commit.
      return finished(job, new Outcome.Failed(Mishap.Failed.forNow(Failure.of(e))));
    } catch (DataAccessException | TransactionException e) {
      return finished(job, new Outcome.Unknown(String.valueOf(e.getMessage())));
    }
  }

  private FinishedJob runNow(
      ActiveJob job, CallContext context, Duration limit, TransactionStatus status) {
    Connection connection = DataSourceUtils.getConnection(source);
    limitTime(connection, limit);
    Outcome outcome =
        job.handler().run(job.input(), context, () -> GuardedConnection.of(connection));
    FinishedJob finished = finished(job, outcome);
    if (!(outcome instanceof Outcome.Succeeded(byte[] result))) {
      status.setRollbackOnly();
      return finished;
    }
    try {
      if (recorder.record(finished)) {
        return new FinishedJob(job, new Outcome.Recorded(result), finished.finishedAt());
      }
      status.setRollbackOnly();
      return finished(job, new Outcome.Fenced());
    } catch (DataAccessException e) {
      if (!wentOnAfterAFailure(e)) {
        throw e;
      }
      status.setRollbackOnly();
      return finished(job, new Outcome.Failed(Mishap.Failed.forNow(SWALLOWED)));
    }
  }

  /** PostgreSQL's in_failed_sql_transaction: what the handler did last had failed before. */
  private static boolean wentOnAfterAFailure(DataAccessException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && "25P02".equals(sql.getSQLState())) {
        return true; // the driver names the first failure as its cause
      }
    }
    return false;
  }

  private static void limitTime(Connection connection, Duration limit) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL statement_timeout = %1$d; SET LOCAL idle_in_transaction_session_timeout = %1$d"
              .formatted(limit.toMillis()));
    } catch (SQLException e) {
      throw new UncategorizedSQLException("limit the time of a transaction", null, e);
    }
  }

  private FinishedJob finished(ActiveJob job, Outcome outcome) {
    return new FinishedJob(job, outcome, clock.instant());
  }
}
