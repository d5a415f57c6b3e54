package io.millrace.core.replay;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a replay stands.
 *
 * @param reason why it has paused itself; exactly while {@link ReplayState#PAUSED}
 * @param ran for how long it has been running, by the clock of the database: neither while it was
 *     stopped or paused, nor while it waited for its first jobs. The rest after a slice, which its
 *     pace asks for, is a part of it. Null of one that was made before that was measured
 */
public record ReplayProgress(
    ReplayState state, @Nullable String reason, Replay.Counts counts, @Nullable Duration ran) {

  private static final double NANOS = 1e9;

  /**
   * How many that it was about had left {@link io.millrace.core.job.JobState#FAILED} by themselves,
   * or by another replay, before it came to them; 0 until it is done.
   */
  public long passedOver() {
    return state == ReplayState.DONE ? counts.left() : 0;
  }

  /**
   * How many jobs a second it has made run once more while it was running; empty if it has none, or
   * that was not measured.
   */
  public OptionalDouble speed() {
    return perSecond(counts.replayed());
  }

  /**
   * In how many seconds it will have seen to all of its jobs at the speed that it has had so far;
   * empty unless it is running and has seen to some.
   */
  public OptionalLong secondsLeft() {
    OptionalDouble seenTo = perSecond(counts.replayed() + counts.refused());
    return state != ReplayState.RUNNING || seenTo.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((long) Math.ceil(counts.left() / seenTo.getAsDouble()));
  }

  private OptionalDouble perSecond(long jobs) {
    return ran == null || !ran.isPositive() || jobs == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(jobs * NANOS / ran.toNanos());
  }
}
