package io.millrace.admin.batch;

import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRun.BatchProgress;
import io.millrace.core.batch.BatchRunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it; what does not apply is left out.
 *
 * @param dueAt it is not begun before; for one that waits
 * @param stopRequested whether it stops at the end of the chunk
 * @param scheduler that manages it
 * @param begun how often it was begun in the time that counts
 * @param startedAt when it was begun for the first time
 * @param message why it has failed, or is begun again
 */
record BatchRunView(
    UUID id,
    String job,
    Map<String, String> parameters,
    BatchRunState state,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant dueAt,
    boolean stopRequested,
    @Nullable String scheduler,
    int begun,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    ProgressView progress,
    @Nullable String message) {

  /**
   * How far it has come.
   *
   * @param step at work
   * @param total of the steps that have begun; left out, as percent, if nobody knows
   * @param perSecond lately
   * @param secondsLeft until the steps that have begun are done
   */
  record ProgressView(
      @Nullable String step,
      long done,
      @Nullable Long total,
      @Nullable Double percent,
      long skipped,
      double perSecond,
      @Nullable Long secondsLeft) {

    static ProgressView of(BatchProgress progress) {
      return new ProgressView(
          progress.step(),
          progress.done(),
          progress.total() == 0 ? null : progress.total(),
          shown(progress.percent()),
          progress.skipped(),
          rounded(progress.perSecond()),
          progress.timeLeft().map(Duration::toSeconds).orElse(null));
    }
  }

  static BatchRunView of(BatchRun run) {
    return new BatchRunView(
        run.id(),
        run.job(),
        new TreeMap<>(run.parameters()),
        run.state(),
        run.requestedBy(),
        run.requestedAt(),
        run.state() == BatchRunState.REQUESTED ? run.dueAt() : null,
        run.stopRequested(),
        run.owner(),
        run.begun(),
        run.startedAt(),
        run.endedAt(),
        ProgressView.of(run.progress()),
        run.message());
  }

  static @Nullable Double shown(OptionalDouble percent) {
    return percent.isEmpty() ? null : rounded(percent.getAsDouble());
  }

  /** Down to a tenth: what is not done is never shown as 100 percent. */
  static double rounded(double value) {
    return Math.floor(value * 10) / 10;
  }
}
