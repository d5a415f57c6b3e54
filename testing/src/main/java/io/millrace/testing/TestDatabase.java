package io.millrace.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * An empty database of a test's own on the PostgreSQL server that all tests of the build share.
 *
 * <pre>{@code
 * @AutoClose private final TestDatabase database = TestDatabase.fresh();
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

  private final DatabaseAddress server;
  private final DatabaseAddress address;
  private final String name;

  private TestDatabase(DatabaseAddress server, String name) {
    this.server = server;
    this.name = name;
    this.address = new DatabaseAddress(server.database(name), server.user(), server.password());
  }

  /** Creates the database; the first call in a build starts the server, in some 2 s. */
  public static TestDatabase fresh() {
    TestDatabase database =
        new TestDatabase(
            SharedServers.database(), "test_" + UUID.randomUUID().toString().replace("-", ""));
    database.onServer("CREATE DATABASE " + database.name);
    return database;
  }

  public String jdbcUrl() {
    return address.jdbcUrl();
  }

  public String user() {
    return address.user();
  }

  public String password() {
    return address.password();
  }

  /** Opens a new connection each time. */
  public DataSource dataSource() {
    return PrivatePostgres.dataSource(address);
  }

  /** Ends the connections that are left and drops the database. */
  @Override
  public void close() {
    onServer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void onServer(String sql) {
    try (Connection connection = PrivatePostgres.dataSource(server).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new TestServerException("PostgreSQL refused: " + sql, e);
    }
  }
}
