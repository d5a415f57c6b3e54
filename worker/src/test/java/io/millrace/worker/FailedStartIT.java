package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that cannot start says why in one line. */
class FailedStartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void saysThatThereIsNoDatabase() {
    String url = "jdbc:postgresql://127.0.0.1:1/none"; // a port that no database has

    try (PrivateProcess worker = worker().environment("MILLRACE_DATABASE_URL", url).start()) {
      assertThat(worker.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(complaints(worker))
          .singleElement()
          .asString()
          .contains(
              "No database at " + url, "Start PostgreSQL there, or set MILLRACE_DATABASE_URL");
    }
  }

  @Test
  void saysWhichSettingIsWrong() {
    try (TestDatabase database = TestDatabase.fresh();
        PrivateProcess worker =
            worker()
                .environment("MILLRACE_DATABASE_URL", database.jdbcUrl())
                .environment("MILLRACE_DATABASE_USER", database.user())
                .environment("MILLRACE_DATABASE_PASSWORD", database.password())
                .environment("MILLRACE_WORKER_BATCH", "0")
                .start()) {
      assertThat(worker.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(complaints(worker))
          .singleElement()
          .asString()
          .contains("millrace.worker.batch", "1 to 5000");
    }
  }

  private static List<String> complaints(PrivateProcess worker) {
    return worker.lines().stream().filter(line -> !line.contains(" INFO ")).toList();
  }

  private static PrivateProcess.Builder worker() {
    return PrivateProcess.running(WorkerApplication.class).environment("SERVER_PORT", "0");
  }
}
