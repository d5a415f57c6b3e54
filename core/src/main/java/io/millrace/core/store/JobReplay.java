package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has ended jobs run once more: the same row, the next attempt, and the failures before forgotten.
 * That a job has ended its workers is not: it still runs alone. Safe for use by many threads and
 * processes.
 */
public final class JobReplay {

  private final JobStore jobs;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  public JobReplay(JobStore jobs, TransactionOperations transaction, InstantSource clock) {
    this.jobs = jobs;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Has the job run once more, as soon as a dispatcher looks. A second call, or a double click,
   * finds it waiting and does nothing.
   *
   * @return false if there is no such job, it has not ended, or what it was about was erased
   * @throws org.springframework.dao.DuplicateKeyException if another job with its unique key is on
   *     its way
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   * @throws org.springframework.transaction.TransactionException if it cannot be reached, or the
   *     fate of the commit is unknown; look at the job before replaying it again
   */
  public boolean replay(JobId id) {
    return Objects.requireNonNull(transaction.execute(_ -> lockAndReplay(id)));
  }

  private boolean lockAndReplay(JobId id) {
    List<LockedJob> locked = jobs.lock(List.of(id));
    if (locked.isEmpty()) {
      return false;
    }
    return change(locked.getFirst().job(), clock.instant())
        .map(change -> jobs.change(List.of(change)).contains(id))
        .orElse(false);
  }

  /**
   * What makes a job run once more whose row is locked.
   *
   * @return empty if it has not ended, or what it was about was erased
   */
  public static Optional<JobChange> change(Job job, Instant now) {
    return job.ending().erasedAt() == null
            && Lifecycle.apply(job.standing(), new JobAction.Replay(), now)
                instanceof Transition.To(Standing next)
        ? Optional.of(change(job, next))
        : Optional.empty();
  }

  private static JobChange change(Job job, Standing next) {
    Setbacks crashesOnly = new Setbacks(0, job.setbacks().crashes(), null);
    return new JobChange(
        job.id(),
        job.order().type(),
        job.standing(),
        next,
        null,
        null,
        crashesOnly,
        Job.Ending.NONE,
        false);
  }
}
