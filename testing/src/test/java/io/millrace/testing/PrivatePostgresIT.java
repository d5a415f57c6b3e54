package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PrivatePostgresIT {

  @Test
  void keepsWhatWasCommittedWhenItIsKilledAndAnswersNothingWhileItIsPaused() throws Exception {
    try (PrivatePostgres postgres = PrivatePostgres.start();
        Connection cut = postgres.dataSource().getConnection();
        Statement statement = cut.createStatement()) {
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      statement.execute("CREATE TABLE note AS SELECT 'committed' AS text");

      postgres.kill();
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      postgres.restart();

      assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("committed");

      postgres.pause();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> query(postgres, "SELECT 'awake'"));
      assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      postgres.resume();
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("awake");
    }
  }

  @Test
  void takesNothingMoreWhenItsDiskIsFullAndComesBackWhenItIsNot() throws Exception {
    assumeTrue(PrivatePostgres.canHaveSmallDisk(), "only root may mount a disk");
    try (PrivatePostgres postgres = PrivatePostgres.startOnSmallDisk()) {
      execute(postgres, "CREATE TABLE note AS SELECT 'committed' AS text");

      postgres.fillDisk();
      assertThatThrownBy(() -> execute(postgres, "CREATE TABLE more (text text)"))
          .isInstanceOf(SQLException.class);
      postgres.freeDisk();
      postgres.recover();

      assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("committed");
    }
  }

  private static void execute(PrivatePostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PrivatePostgres postgres, String sql) {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
