package io.millrace.core.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a mishap. {@link #from} decides it, and nobody else does: whether a job is
 * tried again, when, and when it is given up.
 */
public sealed interface Recovery {

  /** What has gone wrong so far, this mishap included. */
  Setbacks setbacks();

  /** It runs again, not before {@code notBefore}. */
  record RunAgain(Instant notBefore, Setbacks setbacks) implements Recovery {}

  /** It has failed. */
  record GiveUp(Failure why, Setbacks setbacks) implements Recovery {}

  /** The next attempt would come after its deadline. */
  record Expire(Setbacks setbacks) implements Recovery {}

  /** The failure of a job that ended its worker while it ran there alone. */
  Failure CRASHED_WORKER =
      new Failure(
          "CRASHED_WORKER",
          "the worker died each time it ran this job, the last time with nothing running beside it: look into the worker's log at those times, then change the job or its handler and replay it",
          null);

  /**
   * What to do.
   *
   * @param mishap what happened
   * @param before what had gone wrong until then
   * @param policy how often and when the job is tried again
   * @param deadline after what time the job is not started any more, or null
   * @param now when it happened
   * @param random evenly distributed, from 0 to below 1
   */
  static Recovery from(
      Mishap mishap,
      Setbacks before,
      RetryPolicy policy,
      @Nullable Instant deadline,
      Instant now,
      double random) {
    return switch (mishap) {
      case Mishap.Failed failed -> afterFailure(failed, before, policy, deadline, now, random);
      case Mishap.Abandoned() -> runAgain(now, before, deadline);
      case Mishap.Crashed(boolean alone) ->
          alone
              ? new GiveUp(CRASHED_WORKER, before.withCrash())
              : runAgain(now, before.withCrash(), deadline);
    };
  }

  private static Recovery afterFailure(
      Mishap.Failed failed,
      Setbacks before,
      RetryPolicy policy,
      @Nullable Instant deadline,
      Instant now,
      double random) {
    Setbacks after = before.withFailure(now);
    Duration wait = policy.delay(after.failures(), random);
    Duration asked = failed.retryAfter();
    Instant next = now.plus(asked != null && asked.compareTo(wait) > 0 ? asked : wait);
    Instant first = after.firstFailureAt();
    boolean tooLate = first != null && next.isAfter(first.plus(policy.total()));
    if (failed.permanent() || after.failures() >= policy.attempts() || tooLate) {
      return new GiveUp(failed.why(), after);
    }
    return runAgain(next, after, deadline);
  }

  private static Recovery runAgain(Instant next, Setbacks setbacks, @Nullable Instant deadline) {
    return deadline != null && !next.isBefore(deadline)
        ? new Expire(setbacks)
        : new RunAgain(next, setbacks);
  }
}
