package io.millrace.worker.http;

import java.time.Duration;

/**
 * How far one call may go.
 *
 * @param time for all of it, redirects included; 1 ms to 1 day
 * @param maxResponse how many bytes of the body are read, decompressed; more is cut off; 0 to 1 GiB
 * @param redirects how many are followed; 0 to 5
 */
public record CallLimits(Duration time, int maxResponse, int redirects) {

  /** As many as anybody needs; more are a loop. */
  public static final int MAX_REDIRECTS = 5;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LARGEST = 1 << 30;

  /**
   * @throws IllegalArgumentException if one is out of bounds
   */
  public CallLimits {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a call may take from 1 ms to 1 day, and not " + time);
    }
    if (maxResponse < 0 || maxResponse > LARGEST) {
      throw new IllegalArgumentException("an answer has up to 1 GiB, and not " + maxResponse);
    }
    if (redirects < 0 || redirects > MAX_REDIRECTS) {
      throw new IllegalArgumentException("up to 5 redirects are followed, and not " + redirects);
    }
  }
}
