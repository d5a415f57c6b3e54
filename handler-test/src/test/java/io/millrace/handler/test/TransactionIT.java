package io.millrace.handler.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransactionalHandler;
import io.millrace.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionIT {

  private static TestDatabase database;

  private Connection connection;

  /** What to write, and what to do then. */
  public record Entry(int amount, String then) {}

  /** What was written. */
  public record Written(int amount) {}

  /** Writes its amount and goes on as it is told. */
  @Handles("test.write")
  static final class Writing implements TransactionalHandler<Entry, Written> {
    @Override
    public Written handle(Entry input, Connection connection, JobContext context)
        throws SQLException {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO entry (amount) VALUES (%d)".formatted(input.amount()));
        switch (input.then()) {
          case "fail" -> throw new PermanentFailure("after the effect");
          case "commit" -> connection.commit();
          case "undo a part" -> {
            Savepoint before = connection.setSavepoint();
            statement.execute("INSERT INTO entry (amount) VALUES (-1)");
            connection.rollback(before);
          }
          case "go on after an error" -> swallow(statement);
          default -> {}
        }
      }
      return new Written(input.amount());
    }

    private static void swallow(Statement statement) {
      try {
        statement.execute("SELECT 1 / 0");
      } catch (SQLException _) {
        // as careless handlers do
      }
    }
  }

  @BeforeAll
  static void createTable() throws SQLException {
    database = TestDatabase.fresh();
    execute("CREATE TABLE entry (amount int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = database.dataSource().getConnection();
  }

  @AfterEach
  void empty() throws SQLException {
    connection.close();
    execute("DELETE FROM entry");
  }

  @Test
  void commitsWhatASuccessDid() throws SQLException {
    Attempt attempt = write(7, "succeed").run();

    assertThat(attempt.expectSuccess().resultAs(Written.class)).isEqualTo(new Written(7));
    assertThat(entries()).containsExactly(7);
  }

  @Test
  void undoesWhatAFailureDid() throws SQLException {
    Attempt attempt = write(7, "fail").run();

    assertThat(attempt.expectFailure().permanent()).isTrue();
    assertThat(entries()).isEmpty();
  }

  @Test
  void undoesWhatACancelledJobDid() throws SQLException {
    Attempt attempt = write(7, "succeed").cancelled().run();

    attempt.expectSuccess();
    assertThat(entries()).isEmpty();
  }

  @Test
  void leavesTheEndOfTheTransactionToTheEngine() throws SQLException {
    Attempt attempt = write(7, "commit").run();

    assertThat(attempt.expectFailure().message()).contains("commit is not for handlers");
    assertThat(entries()).isEmpty();
  }

  @Test
  void allowsSavepoints() throws SQLException {
    write(7, "undo a part").run().expectSuccess();

    assertThat(entries()).containsExactly(7);
  }

  @Test
  void failsWhereTheDatabaseRefusesAtTheCommit() throws SQLException {
    write(7, "succeed").run().expectSuccess();

    Attempt.Failed again = write(7, "succeed").run().expectFailure();

    assertThat(again.permanent()).isFalse();
    assertThat(again.message()).contains("duplicate key");
    assertThat(entries()).containsExactly(7);
  }

  @Test
  void saysThatAHandlerWentOnInATransactionThatHadFailed() throws SQLException {
    assertThatIllegalStateException()
        .isThrownBy(() -> write(7, "go on after an error").run())
        .withMessageContaining("rolled back to a savepoint");
    assertThat(entries()).isEmpty();
  }

  @Test
  void leavesTheConnectionAsItWas() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);

    write(7, "succeed").run();
    write(8, "fail").run();

    assertThat(connection.isClosed()).isFalse();
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
  }

  @Test
  void refusesAConnectionThatMayBeInATransaction() throws SQLException {
    connection.setAutoCommit(false);

    assertThatIllegalStateException()
        .isThrownBy(() -> write(7, "succeed").run())
        .withMessageContaining("autocommit switched off");
  }

  private TestJob write(int amount, String then) {
    return TestJob.of(new Writing())
        .payload("{\"amount\": %d, \"then\": \"%s\"}".formatted(amount, then))
        .connection(connection);
  }

  /** What others see. */
  private static List<Integer> entries() throws SQLException {
    List<Integer> entries = new ArrayList<>();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SELECT amount FROM entry ORDER BY amount")) {
      while (rows.next()) {
        entries.add(rows.getInt(1));
      }
    }
    return entries;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }
}
