package io.millrace.testing;

import java.util.Arrays;

/** Counts exactly what a third party sees: the most calls in any stretch of a certain length. */
public final class SlidingWindow {

  private SlidingWindow() {}

  /**
   * The most of these times that lie in one stretch shorter than {@code length}.
   *
   * @param times in any order
   * @param length in the unit of the times
   */
  public static int most(long[] times, long length) {
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
