package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.LockedJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Gives jobs their rows, or judges the rows that they have; a batch is one transaction. */
public final class Recording {

  private final JobStore store;
  private final TransactionOperations transaction;
  private final UUID self;
  private final InstantSource clock;

  /**
   * @param self the incarnation that records
   */
  public Recording(
      JobStore store, TransactionOperations transaction, UUID self, InstantSource clock) {
    this.store = store;
    this.transaction = transaction;
    this.self = self;
    this.clock = clock;
  }

  /** Which of the jobs have a row, as far as is committed. */
  Set<JobId> known(Collection<ActiveJob> jobs) {
    return store.existing(jobs.stream().map(ActiveJob::id).toList());
  }

  /**
   * Inserts what is new, locks what is not, and says of each what is to be done. A job whose row
   * vanished in between has no verdict: ask again.
   */
  Map<JobId, Verdict> recordOrJudge(Collection<ActiveJob> jobs) {
    Map<JobId, Verdict> verdicts = transaction.execute(_ -> recordOrJudgeNow(jobs));
    if (verdicts == null) {
      throw new IllegalStateException("a transaction that answers nothing");
    }
    return verdicts;
  }

  /**
   * Gives rows to jobs that run without one.
   *
   * @return those that got one; the others have a row that is somebody else's
   */
  public Set<JobId> recordRunning(Collection<ActiveJob> jobs) {
    return store.insert(
        jobs.stream()
            .map(
                job ->
                    row(
                        job,
                        Standing.running(job.token()),
                        job.mustHaveStartedAt(),
                        clock.instant()))
            .toList());
  }

  private Map<JobId, Verdict> recordOrJudgeNow(Collection<ActiveJob> jobs) {
    Instant now = clock.instant();
    Map<JobId, ActiveJob> byId = new HashMap<>();
    List<Job> rows = new ArrayList<>();
    for (ActiveJob job : jobs) {
      byId.put(job.id(), job);
      rows.add(row(job, begin(job, now), now, now));
    }
    Map<JobId, Verdict> verdicts = new HashMap<>();
    Set<JobId> recorded = store.insert(rows);
    for (Job row : rows) {
      if (recorded.contains(row.id())) {
        verdicts.put(row.id(), Verdict.onRecorded(row));
        byId.remove(row.id());
      }
    }
    if (!byId.isEmpty()) {
      verdicts.putAll(judge(byId, now));
    }
    return verdicts;
  }

  private Map<JobId, Verdict> judge(Map<JobId, ActiveJob> jobs, Instant now) {
    Map<JobId, Verdict> verdicts = new HashMap<>();
    List<JobChange> takeOvers = new ArrayList<>();
    for (LockedJob found : store.lock(jobs.keySet())) {
      JobId id = found.job().id();
      ActiveJob job = jobs.get(id);
      if (job != null) {
        Verdict verdict = Verdict.on(found, job.order().fingerprint(), self, now);
        verdicts.put(id, verdict);
        if (verdict instanceof Verdict.TakeOver(Standing from, Standing to)) {
          takeOvers.add(new JobChange(id, from, to, now, null, Job.Ending.NONE));
        }
      }
    }
    if (!takeOvers.isEmpty() && store.change(takeOvers).size() != takeOvers.size()) {
      throw new IllegalStateException("a row changed under its lock");
    }
    return verdicts;
  }

  private Standing begin(ActiveJob job, Instant now) {
    return Lifecycle.begin(
        job.order().options().notBefore(), job.order().options().deadline(), self, now);
  }

  private static Job row(ActiveJob job, Standing standing, Instant startedAt, Instant now) {
    JobState state = standing.state();
    @Nullable Instant started = state == JobState.RUNNING ? startedAt : null;
    @Nullable Instant finished = state.isFinal() ? now : null;
    return new Job(
        job.id(),
        job.order(),
        standing,
        new Job.Times(job.arrivedAt(), started, finished),
        Job.Ending.NONE);
  }
}
