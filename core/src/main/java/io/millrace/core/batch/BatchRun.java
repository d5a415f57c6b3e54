package io.millrace.core.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a batch job, however often it is begun again.
 *
 * @param requestedBy a schedule, or whoever else
 * @param dueAt it is not begun before
 * @param stopRequested whether it is to stop at the end of the chunk
 * @param owner the scheduler that manages it; null unless it runs
 * @param begun how often it was begun in the time that counts, but for the times when a scheduler
 *     that was stopped has left it in good order
 * @param startedAt when it was begun for the first time; null if it never was
 * @param endedAt null if it has not ended
 * @param message why it has failed, or is begun again; null if there is nothing to say
 */
public record BatchRun(
    UUID id,
    String job,
    Map<String, String> parameters,
    BatchRunState state,
    String requestedBy,
    Instant requestedAt,
    Instant dueAt,
    boolean stopRequested,
    @Nullable String owner,
    int begun,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    BatchProgress progress,
    @Nullable String message) {

  public BatchRun {
    parameters = Map.copyOf(parameters);
  }

  /**
   * How far a run has come, as of a second or two ago.
   *
   * @param step at work; null if none is
   * @param done items that are read and committed, of all steps
   * @param total of the steps that have begun; 0 if nobody knows
   * @param skipped how many of them were left out
   * @param perSecond lately; 0 if nothing moves
   */
  public record BatchProgress(
      @Nullable String step, long done, long total, long skipped, double perSecond) {

    /** From 0 to 100; empty if nobody knows the total. */
    public OptionalDouble percent() {
      return percent(done, total);
    }

    /** How long what is left of the steps that have begun takes; empty if nobody knows. */
    public Optional<Duration> timeLeft() {
      return timeLeft(done, total, perSecond);
    }

    static OptionalDouble percent(long done, long total) {
      return total == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.min(100.0, 100.0 * done / total));
    }

    static Optional<Duration> timeLeft(long done, long total, double perSecond) {
      return total == 0 || perSecond <= 0
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Math.round(Math.max(0, total - done) / perSecond)));
    }
  }
}
