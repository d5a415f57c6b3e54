package io.millrace.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong with a job so far.
 *
 * @param failures how many of its attempts failed
 * @param crashes how often the worker that ran it died
 * @param firstFailureAt when the first attempt failed; exactly if one has
 */
public record Setbacks(int failures, int crashes, @Nullable Instant firstFailureAt) {

  /** Of a job with which nothing has gone wrong. */
  public static final Setbacks NONE = new Setbacks(0, 0, null);

  /**
   * From this many crashes on, a job is a suspect: it runs alone, so that only it can be to blame.
   */
  private static final int CRASHES_OF_A_SUSPECT = 2;

  public Setbacks {
    if (failures < 0 || crashes < 0 || (failures > 0) != (firstFailureAt != null)) {
      throw new IllegalArgumentException(
          "%d failures, the first at %s, and %d crashes"
              .formatted(failures, firstFailureAt, crashes));
    }
  }

  /** Whether the job runs alone from now on, with nothing beside it in its worker. */
  public boolean makeASuspect() {
    return crashes >= CRASHES_OF_A_SUSPECT;
  }

  Setbacks withFailure(Instant at) {
    return new Setbacks(failures + 1, crashes, firstFailureAt == null ? at : firstFailureAt);
  }

  Setbacks withCrash() {
    return new Setbacks(failures, crashes + 1, firstFailureAt);
  }
}
