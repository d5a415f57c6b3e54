package io.millrace.core.job;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed.
 *
 * @param job whose attempt
 * @param attempt its number
 * @param worker the incarnation that ran it
 * @param startedAt when it began
 * @param failedAt when it failed
 * @param failure why
 * @param call the last call that its handler made to somebody else's system, as JSON without
 *     secrets; null if it made none
 */
public record AttemptFailure(
    JobId job,
    int attempt,
    UUID worker,
    Instant startedAt,
    Instant failedAt,
    Failure failure,
    @Nullable String call) {

  /**
   * An attempt that ended with the worker that ran it.
   *
   * @param running where the job stood
   * @param mishap what the worker's end means for the job
   * @return empty if the worker signed off, so that nothing failed
   */
  public static Optional<AttemptFailure> ofWorker(
      JobId job, Standing running, @Nullable Instant startedAt, Mishap mishap, Instant now) {
    UUID owner = running.owner();
    if (!(mishap instanceof Mishap.Crashed(boolean alone)) || owner == null) {
      return Optional.empty();
    }
    Failure why =
        new Failure(
            "WORKER_DIED",
            alone
                ? "the worker died while it ran this job and nothing else"
                : "the worker died while it ran this job and maybe others",
            null);
    return Optional.of(
        new AttemptFailure(
            job, running.attempt(), owner, startedAt == null ? now : startedAt, now, why, null));
  }
}
