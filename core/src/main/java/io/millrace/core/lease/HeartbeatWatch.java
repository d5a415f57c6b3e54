package io.millrace.core.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Judges which workers are dead from what one watcher has read: one whose counter stood still over
 * the whole of {@code deadAfter}, all of it covered by successful readings in a row. A reading that
 * fails or comes late breaks the row and every count starts anew, so that a database outage, a
 * paused watcher or a wall clock that jumps kills nobody. Not thread-safe.
 */
public final class HeartbeatWatch {

  private record Reading(long counter, long sinceNanos) {}

  private final long deadAfterNanos;
  private final long longestGapNanos;
  private final Map<UUID, Reading> readings = new HashMap<>();
  private boolean started;
  private long lastReadNanos;

  /**
   * @param deadAfter how long a counter must stand still
   * @param longestGap how far apart two readings may be to count as uninterrupted; shorter than
   *     {@code deadAfter}
   */
  public HeartbeatWatch(Duration deadAfter, Duration longestGap) {
    if (longestGap.compareTo(deadAfter) >= 0) {
      throw new IllegalArgumentException(
          "readings %s apart cannot watch for %s".formatted(longestGap, deadAfter));
    }
    this.deadAfterNanos = deadAfter.toNanos();
    this.longestGapNanos = longestGap.toNanos();
  }

  /**
   * Takes in one successful reading.
   *
   * @param counters the heartbeat of every worker that has not ended
   * @param nanos the monotonic time of the reading, as {@link System#nanoTime}
   * @return the dead, each with the counter that stood still
   */
  public Map<UUID, Long> observe(Map<UUID, Long> counters, long nanos) {
    if (started && nanos - lastReadNanos > longestGapNanos) {
      interrupted();
    }
    started = true;
    lastReadNanos = nanos;
    readings.keySet().retainAll(counters.keySet());
    Map<UUID, Long> dead = new HashMap<>();
    counters.forEach(
        (worker, counter) -> {
          Reading last = readings.get(worker);
          if (last == null || last.counter() != counter) {
            readings.put(worker, new Reading(counter, nanos));
          } else if (nanos - last.sinceNanos() >= deadAfterNanos) {
            dead.put(worker, counter);
          }
        });
    return dead;
  }

  /** A reading failed: what was seen before counts no more. */
  public void interrupted() {
    readings.clear();
  }
}
