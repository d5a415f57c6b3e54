package io.millrace.core.batch;

import io.millrace.core.batch.BatchRun.BatchProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A part of a step's work, over all executions of a run.
 *
 * @param state READY, RUNNING or ENDED; VOID between its last execution and the next one, if its
 *     run was begun again
 * @param status of the last execution, as Spring Batch names it: STARTING, STARTED, COMPLETED,
 *     FAILED, STOPPED and so on
 * @param owner the scheduler that does it, or did it last; null if none has
 * @param done items that are read and committed
 * @param total 0 if nobody knows
 * @param pace of the last execution
 * @param message why the last execution has failed; null if it has not
 */
public record BatchPartition(
    String step,
    String name,
    String state,
    String status,
    @Nullable String owner,
    long done,
    long total,
    long skipped,
    Pace pace,
    @Nullable String message) {

  private static final String RUNNING = "RUNNING";

  /**
   * How quick an execution is.
   *
   * @param startedAt null if nobody has begun it
   * @param worked from then on, to its end or until now
   * @param perSecond items, on the whole; 0 if there are none yet
   */
  public record Pace(@Nullable Instant startedAt, Duration worked, double perSecond) {}

  /** Whether a scheduler is at it. */
  public boolean isRunning() {
    return state.equals(RUNNING);
  }

  /** From 0 to 100; empty if nobody knows the total. */
  public OptionalDouble percent() {
    return BatchProgress.percent(done, total);
  }

  /** How long what is left takes; empty if nobody knows, or is at it. */
  public Optional<Duration> timeLeft() {
    return isRunning() ? BatchProgress.timeLeft(done, total, pace.perSecond()) : Optional.empty();
  }
}
