package io.millrace.core.limit;

import java.util.Arrays;

/**
 * Counts exactly what a third party would see: the most calls in any stretch of a certain length.
 */
final class SlidingWindow {

  private SlidingWindow() {}

  /** The most of these times, in any order, that lie in one stretch shorter than {@code length}. */
  static int most(long[] times, long length) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.length; last++) {
      while (sorted[last] - sorted[first] >= length) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
