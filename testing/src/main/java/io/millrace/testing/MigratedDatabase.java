package io.millrace.testing;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of a test's own with the tables that the migrations on the class path make, and what
 * stores write with. Whoever uses it needs Flyway and Spring's JDBC.
 *
 * <pre>{@code
 * @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
 * }</pre>
 */
public final class MigratedDatabase implements AutoCloseable {

  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  private MigratedDatabase(TestDatabase database, DataSource source) {
    this.database = database;
    jdbc = JdbcClient.create(source); // of the same source, so that statements find transactions
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  /** Whatever is not in a transaction has a connection of its own. */
  public static MigratedDatabase fresh() {
    TestDatabase database = migrated();
    return new MigratedDatabase(database, database.dataSource());
  }

  /** All goes over one connection, whose settings last. For one thread at a time. */
  public static MigratedDatabase onOneConnection() {
    TestDatabase database = migrated();
    try {
      return new MigratedDatabase(
          database, new SingleConnectionDataSource(database.dataSource().getConnection(), true));
    } catch (SQLException e) {
      throw new TestServerException("PostgreSQL refused a connection", e);
    }
  }

  private static TestDatabase migrated() {
    TestDatabase database = TestDatabase.fresh();
    Flyway.configure().dataSource(database.dataSource()).load().migrate();
    return database;
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** A transaction for what {@link #jdbc} does on the same thread. */
  public TransactionTemplate transaction() {
    return transaction;
  }

  /** Opens a new connection each time, outside of every {@link #transaction}. */
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** Ends the connections that are left and drops the database. */
  @Override
  public void close() {
    database.close();
  }
}
