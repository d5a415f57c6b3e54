package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedDatabaseIT {

  @TempDir Path folder;

  @Test
  void keepsItsDataOverARestart() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      execute(database, "CREATE TABLE note AS SELECT 'kept' AS text");
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThat(query(database, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void recoversWhatWasCommittedWhenItsProcessesWereKilled() throws Exception {
    EmbeddedDatabase killed = EmbeddedDatabase.in(folder).start();
    execute(killed, "CREATE TABLE note AS SELECT 'committed' AS text");

    kill(killed);
    killed.close();

    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThat(query(database, "SELECT text FROM note")).isEqualTo("committed");
    }
  }

  @Test
  void startsAlthoughTheOldPidIsNowAProcessOfSomebodyElse() throws Exception {
    EmbeddedDatabase killed = EmbeddedDatabase.in(folder).start();
    Path pidFile = folder.resolve("data/postmaster.pid");
    List<String> lines = Files.readAllLines(pidFile);
    kill(killed);
    killed.close();
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);

    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThat(query(database, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void isDurableUnlessItIsTemporary() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThat(query(database, "SHOW fsync")).isEqualTo("on");
      assertThat(query(database, "SHOW synchronous_commit")).isEqualTo("on");
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).temporary().start()) {
      assertThat(query(database, "SHOW fsync")).isEqualTo("off");
    }
  }

  @Test
  void refusesADirectoryThatIsInUse() {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThatThrownBy(EmbeddedDatabase.in(folder)::start)
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("in use by the process " + ProcessHandle.current().pid());

      assertThat(database.process()).isPresent();
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.ADDRESS))) {
      assertThatThrownBy(EmbeddedDatabase.in(folder).port(other.getLocalPort())::start)
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("port " + other.getLocalPort());
    }
  }

  @Test
  void createsADatabaseOnce() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      database.createDatabase("second");
      database.createDatabase("second");

      try (Connection connection =
          DriverManager.getConnection(
              database.jdbcUrl("second"), database.user(), database.password())) {
        assertThat(connection.getCatalog()).isEqualTo("second");
      }
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder).start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("authentication");
    }
  }

  private static void kill(EmbeddedDatabase database) throws Exception {
    ProcessHandle server = database.process().orElseThrow();
    List<ProcessHandle> all = server.descendants().toList();
    server.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    server.onExit().get();
    for (ProcessHandle process : all) {
      process.onExit().get();
    }
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
