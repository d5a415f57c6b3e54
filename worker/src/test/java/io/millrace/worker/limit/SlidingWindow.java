package io.millrace.worker.limit;

import java.time.Duration;
import java.util.List;

/** Counts exactly what a third party would see. */
final class SlidingWindow {

  private SlidingWindow() {}

  /**
   * The most of these times, in nanoseconds, that lie in one stretch shorter than {@code length}.
   */
  static int most(List<Long> times, Duration length) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.length; last++) {
      while (sorted[last] - sorted[first] >= length.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
