package io.millrace.core.job;

import java.time.Duration;

/**
 * How often and when a failed job is tried again.
 *
 * @param firstDelay the longest delay after the first failure; more than 0
 * @param factor by which it grows with every further failure; at least 1
 * @param ceiling beyond which it does not grow
 * @param attempts how many attempts may fail; the last of them is the end; at least 1
 * @param total how long after the first failure the last attempt may begin
 */
public record RetryPolicy(
    Duration firstDelay, double factor, Duration ceiling, int attempts, Duration total) {

  /** No second attempt. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 1, Duration.ZERO);

  public RetryPolicy {
    if (firstDelay.isNegative() || firstDelay.isZero() || factor < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "a policy of %d attempts, the first after %s, growing by %s"
              .formatted(attempts, firstDelay, factor));
    }
  }

  /**
   * How long to wait after a failure: exponential backoff with full jitter, that is, evenly
   * distributed between nothing and the delay that the failure has earned (M. Brooker, "Exponential
   * Backoff and Jitter", AWS Architecture Blog, 2015).
   *
   * @param failures how many attempts have failed; at least 1
   * @param random evenly distributed, from 0 to below 1
   */
  public Duration delay(int failures, double random) {
    double longest =
        Math.min(ceiling.toNanos(), firstDelay.toNanos() * Math.pow(factor, (double) failures - 1));
    return Duration.ofNanos((long) (random * longest));
  }
}
