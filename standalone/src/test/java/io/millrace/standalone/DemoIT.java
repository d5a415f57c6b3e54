package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  @TempDir Path folder;
  @TempDir Path outputs;

  @Test
  void runsTheBookAndRunsItAgainOnTheSameData() throws Exception {
    CommandRun first = demo();
    CommandRun second = demo();

    assertGood(first);
    assertThat(first.out()).contains("of loan-book-load has COMPLETED: 20,0");
    assertGood(second);
    assertThat(second.out()).doesNotContain("loan-book-load");
    assertThat(folder.resolve("engine.properties")).doesNotExist();
    assertThat(folder.resolve("engine.log")).isNotEmptyFile();
  }

  private CommandRun demo() throws Exception {
    return CommandRun.packaged(
        outputs, "demo", "--count", "500", "--port", "0", "--data", folder.toString());
  }

  private static void assertGood(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("500 of 500 jobs")
        .contains(": 500 SUCCEEDED")
        .contains("loan-42-000001", "loan-42-000002", "loan-42-000003")
        .contains("control total: matches in all 5 currencies")
        .contains("p50", "p95", "p99")
        .contains("of interest-accrual has COMPLETED", " control totals match");
  }
}
