package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Outcome;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobStore;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.execution.FinishedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the ends of a group of jobs in one transaction: an insert for those that have no row yet,
 * a guarded update for the others.
 */
public final class EndWriter {

  private final JobStore store;
  private final TransactionOperations transaction;

  public EndWriter(JobStore store, TransactionOperations transaction) {
    this.store = store;
    this.transaction = transaction;
  }

  /**
   * Writes what is ours to write.
   *
   * @return the ids of the jobs whose end is now recorded as {@code ended} says
   */
  Set<JobId> write(Collection<EndedJob> ended) {
    Set<JobId> written = transaction.execute(_ -> writeNow(ended));
    return written == null ? Set.of() : written;
  }

  /**
   * A job with its end.
   *
   * @param finished as it came from its handler
   * @param row as it is to stand in the database
   */
  record EndedJob(FinishedJob finished, Job row) {

    /** The end that {@code finished} makes of its job, by the state machine. */
    static EndedJob of(FinishedJob finished) {
      ActiveJob job = finished.job();
      Standing running = Standing.running(job.token());
      JobAction action =
          switch (finished.outcome()) {
            case Outcome.Succeeded _ -> new JobAction.Succeed(job.token());
            case Outcome.Failed _ -> new JobAction.Fail(job.token());
          };
      return switch (Lifecycle.apply(running, action, finished.finishedAt())) {
        case Transition.To(Standing end) ->
            new EndedJob(
                finished,
                new Job(
                    job.id(),
                    job.order(),
                    end,
                    new Job.Times(job.arrivedAt(), job.mustHaveStartedAt(), finished.finishedAt()),
                    Job.Ending.of(finished.outcome())));
        case Transition.Refused(String why) -> throw new IllegalStateException(why);
      };
    }

    JobChange change() {
      return new JobChange(
          row.id(),
          Standing.running(finished.job().token()),
          row.standing(),
          row.times().startedAt(),
          row.times().finishedAt(),
          row.ending());
    }
  }

  private Set<JobId> writeNow(Collection<EndedJob> ended) {
    List<Job> unrecorded = new ArrayList<>();
    List<JobChange> recorded = new ArrayList<>();
    Map<JobId, AttemptFailure> failures = new HashMap<>();
    for (EndedJob each : ended) {
      if (each.finished().job().isRecorded()) {
        recorded.add(each.change());
      } else {
        unrecorded.add(each.row());
      }
      if (each.finished().outcome() instanceof Outcome.Failed failed) {
        failures.put(each.row().id(), failure(each, failed));
      }
    }
    Set<JobId> written = new HashSet<>();
    if (!unrecorded.isEmpty()) {
      written.addAll(store.insert(unrecorded));
    }
    if (!recorded.isEmpty()) {
      written.addAll(store.change(recorded));
    }
    failures.keySet().retainAll(written);
    if (!failures.isEmpty()) {
      store.recordFailures(failures.values());
    }
    return written;
  }

  private static AttemptFailure failure(EndedJob ended, Outcome.Failed failed) {
    ActiveJob job = ended.finished().job();
    return new AttemptFailure(
        job.id(),
        job.token().attempt(),
        job.token().worker(),
        job.mustHaveStartedAt(),
        ended.finished().finishedAt(),
        failed.why());
  }
}
