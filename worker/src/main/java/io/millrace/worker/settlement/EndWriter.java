package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.RetryPolicy;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.Parking;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.execution.SuccessRecorder;
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
public final class EndWriter implements SuccessRecorder {

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
  Set<JobId> write(Collection<EndedAttempt> ended) {
    Set<JobId> written = transaction.execute(_ -> writeNow(ended));
    return written == null ? Set.of() : written;
  }

  @Override
  public boolean record(FinishedJob succeeded) {
    EndedAttempt ended = EndedAttempt.of(succeeded, RetryPolicy.NEVER, 0);
    return store.change(List.of(ended.change())).contains(ended.row().id());
  }

  private Set<JobId> writeNow(Collection<EndedAttempt> ended) {
    List<Job> unrecorded = new ArrayList<>();
    List<JobChange> recorded = new ArrayList<>();
    Map<JobId, AttemptFailure> failures = new HashMap<>();
    List<Parking> parked = new ArrayList<>();
    for (EndedAttempt each : ended) {
      if (each.finished().job().isRecorded()) {
        recorded.add(each.change());
      } else {
        unrecorded.add(each.row());
      }
      each.failure().ifPresent(failure -> failures.put(failure.job(), failure));
      each.parking().ifPresent(parked::add);
    }
    Set<JobId> written = new HashSet<>();
    if (!unrecorded.isEmpty()) {
      written.addAll(store.insert(unrecorded));
    }
    if (!parked.isEmpty()) {
      store.noteDependencies(parked);
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
}
