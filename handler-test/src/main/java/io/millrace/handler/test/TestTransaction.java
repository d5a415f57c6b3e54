package io.millrace.handler.test;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.execution.GuardedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction on the connection of a test, begun and ended by what begins and ends a worker's;
 * afterwards the connection is as it was.
 */
final class TestTransaction {

  private final Connection connection;
  private final TransactionTemplate template;

  /**
   * @throws IllegalStateException if the connection is closed, or has a transaction of its own
   */
  TestTransaction(Connection connection) {
    requireIdle(connection);
    this.connection = connection;
    this.template =
        new TransactionTemplate(
            new JdbcTransactionManager(new SingleConnectionDataSource(connection, true)));
    template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
  }

  /**
   * Commits what {@code work} did, or rolls it back if there was no success.
   *
   * @param mayCommit false for what is rolled back in any case
   * @throws IllegalStateException if the success cannot be committed, for a reason that is no
   *     constraint of the database's
   */
  Outcome run(Function<Connection, Outcome> work, boolean mayCommit) {
    try {
      return Objects.requireNonNull(
          template.execute(status -> runNow(work, mayCommit, status)),
          "every attempt has an outcome");
    } catch (DataIntegrityViolationException e) {
      // What the handler wrote and the database checks at the commit.
      return new Outcome.Failed(Mishap.Failed.forNow(Failure.of(e)));
    } catch (DataAccessException | TransactionException e) {
      throw new IllegalStateException(
          "the database did not begin or end the transaction: " + e.getMessage(), e);
    }
  }

  private Outcome runNow(
      Function<Connection, Outcome> work, boolean mayCommit, TransactionStatus status) {
    Outcome outcome = work.apply(GuardedConnection.of(connection));
    if (mayCommit && outcome instanceof Outcome.Succeeded) {
      requireUnbroken();
      return outcome;
    }
    status.setRollbackOnly();
    return outcome;
  }

  /** Does what a worker does here, which is one more statement: it records the success. */
  private void requireUnbroken() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the handler gives a result in a transaction that has failed, so that a worker cannot record it: after an SQLException a handler goes on only once it has rolled back to a savepoint; the database says: "
              + e.getMessage(),
          e);
    }
  }

  private static void requireIdle(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        throw new IllegalStateException(
            "the connection has autocommit switched off, so that it may be in a transaction already: hand in one that is not, since the attempt gets a transaction of its own");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the connection cannot be used: " + e.getMessage(), e);
    }
  }
}
