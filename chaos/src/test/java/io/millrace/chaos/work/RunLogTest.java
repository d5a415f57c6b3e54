package io.millrace.chaos.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");

  @TempDir private Path folder;

  @Test
  void givesBackWhatAllProcessesWrote() {
    RunLog.open(folder, "1", () -> NOW).began("plain-1", 1);
    RunLog.open(folder, "2", () -> NOW).began("flaky-2", 3);
    RunLog.open(folder, "2", () -> NOW).began("plain-1", 1);

    assertThat(RunLog.readAll(folder))
        .containsExactly(
            new RunLog.Run("plain-1", 1, NOW),
            new RunLog.Run("flaky-2", 3, NOW),
            new RunLog.Run("plain-1", 1, NOW));
  }
}
