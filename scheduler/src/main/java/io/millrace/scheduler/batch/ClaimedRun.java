package io.millrace.scheduler.batch;

import io.millrace.batch.RunContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that this scheduler manages.
 *
 * @param token which nobody else has; it is void when another takes over
 * @param takenFrom the scheduler that managed it and was silent for too long; null if none was
 * @param begun how often it was begun within the time that counts, this time included; but for the
 *     times when a scheduler that was stopped has left it in good order
 * @param stopRequested whether it is to end rather than to go on
 */
record ClaimedRun(
    String job,
    RunContext context,
    long token,
    @Nullable String takenFrom,
    int begun,
    boolean stopRequested) {

  UUID id() {
    return context.run();
  }
}
