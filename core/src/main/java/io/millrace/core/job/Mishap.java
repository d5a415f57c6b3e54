package io.millrace.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may go wrong with a job that runs. */
public sealed interface Mishap {

  /**
   * Its attempt failed.
   *
   * @param why for people
   * @param permanent whether no further attempt can succeed
   * @param retryAfter how long to wait at least before the next one, if the failure knows
   * @param elsewhere whether it was not the handler that failed but a system that it called
   */
  record Failed(Failure why, boolean permanent, @Nullable Duration retryAfter, boolean elsewhere)
      implements Mishap {

    /** One that no further attempt mends. */
    public static Failed forGood(Failure why) {
      return new Failed(why, true, null, false);
    }

    /** One that a further attempt may mend. */
    public static Failed forNow(Failure why) {
      return new Failed(why, false, null, false);
    }
  }

  /** The worker that ran it signed off without it: nobody is to blame. */
  record Abandoned() implements Mishap {}

  /**
   * The worker that ran it died.
   *
   * @param alone whether it was all that ran there
   */
  record Crashed(boolean alone) implements Mishap {}
}
