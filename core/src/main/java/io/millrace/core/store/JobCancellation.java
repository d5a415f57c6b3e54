package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Transition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Calls jobs off. A job that waits or is queued does not run any more; of one that runs, the worker
 * is told to interrupt its handler, and whatever it still writes is refused, for its lease is gone.
 * The dispatcher announces the end. Safe for use by many threads and processes.
 */
public final class JobCancellation {

  private final JobStore jobs;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  public JobCancellation(JobStore jobs, TransactionOperations transaction, InstantSource clock) {
    this.jobs = jobs;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Calls the job off, unless it has ended. Waits for whoever is writing it at the moment.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   * @throws org.springframework.transaction.TransactionException if it cannot be reached, or the
   *     fate of the commit is unknown; cancelling again is safe
   */
  public Cancellation cancel(JobId id) {
    return Objects.requireNonNull(transaction.execute(_ -> lockAndCancel(id)));
  }

  private Cancellation lockAndCancel(JobId id) {
    List<LockedJob> locked = jobs.lock(List.of(id));
    if (locked.isEmpty()) {
      return new Cancellation.Unknown();
    }
    Job job = locked.getFirst().job();
    Instant now = clock.instant();
    return switch (Lifecycle.apply(job.standing(), new JobAction.Cancel(), now)) {
      case Transition.To to -> {
        write(end(job, to, now));
        yield new Cancellation.Cancelled(job.standing());
      }
      case Transition.Refused _ -> new Cancellation.AlreadyEnded(job.standing().state());
    };
  }

  private static JobChange end(Job job, Transition.To to, Instant now) {
    return new JobChange(
        job.id(),
        job.order().type(),
        job.standing(),
        to.next(),
        job.times().startedAt(),
        now,
        job.setbacks(),
        Job.Ending.NONE,
        true);
  }

  private void write(JobChange change) {
    if (jobs.change(List.of(change)).isEmpty()) {
      throw new IllegalStateException(
          "job %s is locked and yet it no longer stands at %s: nothing is cancelled"
              .formatted(change.id(), change.from()));
    }
    if (change.from().owner() != null) {
      jobs.tellWorker(change.id());
    }
  }
}
