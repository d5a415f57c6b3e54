package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobProgress;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.LockedJob;
import io.millrace.worker.handlers.RegisteredHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Gives jobs their rows, or judges the rows that they have; a batch is one transaction. */
public final class Recording {

  private final JobStore store;
  private final TransactionOperations transaction;
  private final ConcurrencyProperties concurrency;
  private final UUID self;
  private final InstantSource clock;

  /**
   * @param self the incarnation that records
   */
  public Recording(
      JobStore store,
      TransactionOperations transaction,
      ConcurrencyProperties concurrency,
      UUID self,
      InstantSource clock) {
    this.concurrency = concurrency;
    this.store = store;
    this.transaction = transaction;
    this.self = self;
    this.clock = clock;
  }

  /** The incarnation that records. */
  UUID self() {
    return self;
  }

  /** Which of the jobs have a row, as far as is committed. */
  Set<JobId> known(Collection<JobId> jobs) {
    return store.existing(jobs);
  }

  /**
   * Inserts what is new, locks what is not, and says of each what is to be done. A job whose row
   * vanished in between has no verdict: ask again.
   */
  Map<JobId, Verdict> recordOrJudge(Collection<ActiveJob> jobs) {
    return inTransaction(() -> recordOrJudgeNow(jobs));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()), "every decision answers");
  }

  /**
   * Begins the attempts that the dispatcher says are due. A job whose row another has locked, such
   * as the dispatcher that has not committed yet, or that has no row any more, has no verdict: ask
   * again.
   *
   * @param attempts by job
   * @param handlers of the jobs' types
   */
  Map<JobId, DispatchVerdict> begin(Map<JobId, Integer> attempts, Handlers handlers) {
    return inTransaction(() -> beginNow(attempts, handlers));
  }

  /** Finds the handler of a job's type. */
  @FunctionalInterface
  interface Handlers {
    RegisteredHandler of(JobType type);
  }

  private Map<JobId, DispatchVerdict> beginNow(Map<JobId, Integer> attempts, Handlers handlers) {
    Instant now = clock.instant();
    Map<JobId, DispatchVerdict> verdicts = new HashMap<>();
    List<JobChange> changes = new ArrayList<>();
    List<JobId> left = new ArrayList<>();
    for (LockedJob found : store.lockIfFree(attempts.keySet())) {
      JobId id = found.job().id();
      DispatchVerdict verdict =
          DispatchVerdict.on(
              found,
              attempts.getOrDefault(id, 0),
              handlers.of(found.job().order().type()),
              self,
              now);
      verdicts.put(id, verdict);
      switch (verdict) {
        case DispatchVerdict.Run(_, _, JobChange change) -> {
          if (change != null) {
            changes.add(change);
          }
        }
        case DispatchVerdict.End(_, JobChange change) -> changes.add(change);
        case DispatchVerdict.Leave() -> left.add(id);
        case DispatchVerdict.Announce _, DispatchVerdict.Acknowledge() -> {}
      }
    }
    write(changes, List.of());
    if (!left.isEmpty()) {
      store.leaveToDispatcher(left);
    }
    return verdicts;
  }

  /** Says that the job runs here with nothing beside it; false if it is no longer ours. */
  boolean runsAlone(ActiveJob job) {
    return store.runsAlone(job.id(), job.token());
  }

  /** Writes how far jobs are, of those that are still ours. */
  public int report(Collection<JobProgress> progress) {
    store.report(progress);
    return progress.size();
  }

  /** Says that nothing runs here alone any more. */
  boolean nothingRunsAlone() {
    store.nothingRunsAlone(self);
    return true;
  }

  /**
   * Puts a job back that was to begin here, with nothing counted against it.
   *
   * @return false if it is no longer ours
   */
  boolean putBack(ActiveJob job, Instant dueAt) {
    JobAction action = new JobAction.PutBack(job.token(), WaitReason.RETRY, dueAt);
    Standing running = Standing.running(job.token());
    return Lifecycle.apply(running, action, clock.instant()) instanceof Transition.To(Standing next)
        && store
            .change(
                List.of(
                    new JobChange(
                        job.id(),
                        job.order().type(),
                        running,
                        next,
                        null,
                        null,
                        job.setbacks(),
                        Job.Ending.NONE,
                        false)))
            .contains(job.id());
  }

  /**
   * Leaves the announcement of these jobs' ends to the dispatcher, as far as they still run.
   *
   * @return those for which this is now so
   */
  public Set<JobId> leaveToDispatcher(Collection<ActiveJob> jobs) {
    return store.leaveToDispatcher(jobs.stream().map(ActiveJob::id).toList());
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
                        job.startedAtOr(clock.instant()),
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
      verdicts.putAll(
          cancelDuplicates(
              rows.stream()
                  .filter(row -> !verdicts.containsKey(row.id()))
                  .filter(row -> row.order().options().uniqueKey() != null)
                  .toList(),
              now));
    }
    return verdicts;
  }

  /**
   * What could not be inserted, and is not there, has the unique key of another job. If that has
   * ended meanwhile there is no verdict: ask again.
   */
  private Map<JobId, Verdict> cancelDuplicates(List<Job> rows, Instant now) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    Map<JobId, JobId> holders = store.holders(rows);
    Map<JobId, Job> cancelled = new HashMap<>();
    for (Job row : rows) {
      JobId holder = holders.get(row.id());
      if (holder != null
          && Lifecycle.apply(row.standing(), new JobAction.Cancel(), now)
              instanceof Transition.To(Standing end)) {
        cancelled.put(
            row.id(),
            new Job(
                row.id(),
                row.order(),
                end,
                new Job.Times(row.times().createdAt(), null, now),
                Setbacks.NONE,
                Job.Ending.duplicateOf(holder)));
      }
    }
    Map<JobId, Verdict> verdicts = new HashMap<>();
    for (JobId id : store.insert(cancelled.values())) {
      Job job = cancelled.get(id);
      if (job != null) {
        verdicts.put(id, Verdict.onRecorded(job));
      }
    }
    return verdicts;
  }

  private Map<JobId, Verdict> judge(Map<JobId, ActiveJob> jobs, Instant now) {
    Map<JobId, Verdict> verdicts = new HashMap<>();
    List<JobChange> changes = new ArrayList<>();
    List<AttemptFailure> deaths = new ArrayList<>();
    for (LockedJob found : store.lock(jobs.keySet())) {
      JobId id = found.job().id();
      ActiveJob job = jobs.get(id);
      if (job != null) {
        Verdict verdict = Verdict.on(found, job.order().fingerprint(), self, now);
        verdicts.put(id, verdict);
        if (verdict instanceof Verdict.Recover(Mishap mishap, JobChange change, _)) {
          changes.add(change);
          AttemptFailure.ofWorker(
                  id, found.job().standing(), found.job().times().startedAt(), mishap, now)
              .ifPresent(deaths::add);
        }
      }
    }
    write(changes, deaths);
    return verdicts;
  }

  /** Writes what was decided under the locks of this transaction. */
  private void write(List<JobChange> changes, List<AttemptFailure> deaths) {
    if (!changes.isEmpty() && store.change(changes).size() != changes.size()) {
      throw new IllegalStateException("a row changed under its lock");
    }
    if (!deaths.isEmpty()) {
      store.recordFailures(deaths);
    }
  }

  private Standing begin(ActiveJob job, Instant now) {
    JobOptions options = job.order().options();
    boolean inTurn =
        options.concurrencyKey() != null && concurrency.limitOf(job.order().type()).isPresent();
    if (inTurn || job.doOthersGoFirst()) {
      WaitReason reason = inTurn ? WaitReason.CONCURRENCY : WaitReason.SHARE;
      return Lifecycle.beginInTurn(reason, options.notBefore(), options.deadline(), now);
    }
    return Lifecycle.begin(options.notBefore(), options.deadline(), self, now);
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
        Setbacks.NONE,
        Job.Ending.NONE);
  }
}
