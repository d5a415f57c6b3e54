package io.millrace.worker.execution;

import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Calls the handler of a job, in a transaction if it works in one. Safe for use by many threads.
 */
public final class HandlerCall {

  private final TransactionalWork transactional;
  private final HttpClients clients;
  private final InstantSource clock;

  public HandlerCall(TransactionalWork transactional, HttpClients clients, InstantSource clock) {
    this.transactional = transactional;
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Calls the handler on the current thread and answers how the attempt ended.
   *
   * @param limit after which the database ends the handler's transaction, if it has one
   */
  public FinishedJob call(ActiveJob job, Duration limit) {
    if (job.isCancelled()) {
      return new FinishedJob(job, new Outcome.Fenced(), clock.instant()); // its row has ended
    }
    Optional<DependencyKey> calledOff = job.calledOff();
    if (calledOff.isPresent()) {
      return new FinishedJob(
          job, new Outcome.Parked(calledOff.get(), Duration.ZERO), clock.instant());
    }
    try (RunningJobContext context = new RunningJobContext(job, clients)) {
      if (job.handler().kind() == HandlerKind.TRANSACTION) {
        return transactional.run(job, context, limit);
      }
      Outcome outcome =
          job.handler()
              .run(
                  job.input(),
                  context,
                  () -> {
                    throw new IllegalStateException(
                        "only a TransactionalHandler has a transaction");
                  });
      return new FinishedJob(job, outcome, clock.instant());
    }
  }
}
