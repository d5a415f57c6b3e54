package io.millrace.worker.limit;

import io.millrace.core.limit.ClockReading;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Says when a time of the database is by the monotonic clock of this process: not exactly, but from
 * when to when at most. Each reading of both clocks bounds the difference by the time that the
 * answer took; the tightest bounds of all readings hold, which slow answers do not widen. For one
 * thread.
 */
final class DatabaseTime {

  /** How far two clocks may drift apart: 500 ppm each, as fast as NTP slews a clock. */
  private static final long NANOS_OF_DRIFT_FOR_ONE = 1_000;

  private boolean known;
  private long readAt;
  // The nanoseconds of the database since 1970, less those of the monotonic clock: from low to
  // high.
  private long low;
  private long high;

  /** Takes in a reading. One that contradicts those before shows a clock that was set anew. */
  void observe(ClockReading reading) {
    long database = nanos(reading.database());
    long lowest = database - reading.receivedNanos();
    long highest = database - reading.sentNanos();
    if (known) {
      long drift = (reading.receivedNanos() - readAt) / NANOS_OF_DRIFT_FOR_ONE;
      long tighterLow = Math.max(lowest, low - drift);
      long tighterHigh = Math.min(highest, high + drift);
      if (tighterLow <= tighterHigh) {
        lowest = tighterLow;
        highest = tighterHigh;
      }
    }
    known = true;
    readAt = reading.receivedNanos();
    low = lowest;
    high = highest;
  }

  /** By then, and not before, the database's clock is sure to have come to {@code time}. */
  long latest(Instant time) {
    return nanos(time) - low;
  }

  /** Before that the database's clock cannot have come to {@code time}. */
  long earliest(Instant time) {
    return nanos(time) - high;
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
