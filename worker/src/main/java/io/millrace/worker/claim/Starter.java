package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.Refusal;
import io.millrace.core.job.Job;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobChange;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Decides for each job at hand whether it runs here, and lets it. A calculation that comes for the
 * first time runs at once and gets its row when it has ended; everything else is recorded first, or
 * judged by the row that it has.
 */
final class Starter {

  private final Surroundings around;
  private final Runner runner;
  private final Suspects suspects;
  private final WorkerEvents events;

  /**
   * @param runner runs jobs that are ours
   * @param suspects runs those of them that must run alone
   */
  Starter(Surroundings around, Runner runner, Suspects suspects, WorkerEvents events) {
    this.around = around;
    this.runner = runner;
    this.suspects = suspects;
    this.events = events;
  }

  /**
   * Starts jobs that have come to hand.
   *
   * @return those that must not be jobs, since their message id is another's or the database
   *     refuses them
   */
  List<Unstartable> start(Collection<ActiveJob> jobs) throws InterruptedException {
    List<ActiveJob> unrecorded = jobs.stream().filter(ActiveJob::maySkipItsFirstWrite).toList();
    Set<JobId> known = unrecorded.isEmpty() ? Set.of() : known(unrecorded);
    List<ActiveJob> toRecord = new ArrayList<>();
    for (ActiveJob job : jobs) {
      if (job.maySkipItsFirstWrite() && !known.contains(job.id())) {
        runner.run(job);
      } else {
        toRecord.add(job);
      }
    }
    return record(toRecord);
  }

  private Set<JobId> known(List<ActiveJob> jobs) throws InterruptedException {
    List<JobId> ids = jobs.stream().map(ActiveJob::id).toList();
    return around.database().insist(() -> around.recording().known(ids));
  }

  /** Looks again at the jobs that were held, as far as it is time. */
  List<Unstartable> lookAgain() throws InterruptedException {
    return record(around.held().takeDue());
  }

  /** A job that must not be one. */
  record Unstartable(ActiveJob job, Refusal reason, String explanation) {}

  private List<Unstartable> record(List<ActiveJob> jobs) throws InterruptedException {
    if (jobs.isEmpty()) {
      return List.of();
    }
    try {
      Map<JobId, Verdict> verdicts =
          around.database().insist(() -> around.recording().recordOrJudge(jobs));
      List<Unstartable> unstartable = new ArrayList<>();
      List<ActiveJob> tired = new ArrayList<>();
      for (ActiveJob job : jobs) {
        Unstartable found = follow(job, verdicts.get(job.id()), tired);
        if (found != null) {
          unstartable.add(found);
        }
      }
      leaveToOwner(tired);
      return unstartable;
    } catch (DataIntegrityViolationException e) {
      return bisect(jobs, e);
    }
  }

  /**
   * Deliveries that were held for long of jobs that still run elsewhere: the dispatcher will
   * announce their ends, so that these need not be kept for it.
   */
  private void leaveToOwner(List<ActiveJob> jobs) throws InterruptedException {
    if (jobs.isEmpty()) {
      return;
    }
    Set<JobId> left = around.database().insist(() -> around.recording().leaveToDispatcher(jobs));
    for (ActiveJob job : jobs) {
      if (left.contains(job.id())) {
        around.announcer().silently(() -> around.active().release(job));
      } else {
        around.held().lookAgainSoon(job);
      }
    }
  }

  /** Something in one of the jobs cannot be stored: finds it, so that the others go on. */
  private List<Unstartable> bisect(List<ActiveJob> jobs, DataIntegrityViolationException e)
      throws InterruptedException {
    if (jobs.size() == 1) {
      return List.of(
          new Unstartable(
              jobs.getFirst(),
              Refusal.UNSTORABLE,
              "the database refuses it: " + e.getMostSpecificCause().getMessage()));
    }
    int half = jobs.size() / 2;
    List<Unstartable> unstartable = new ArrayList<>(record(jobs.subList(0, half)));
    unstartable.addAll(record(jobs.subList(half, jobs.size())));
    return unstartable;
  }

  private @Nullable Unstartable follow(
      ActiveJob job, @Nullable Verdict verdict, List<ActiveJob> tired) {
    switch (verdict) {
      case null -> around.held().lookAgainSoon(job);
      case Verdict.Run(Standing standing, Setbacks setbacks, Instant createdAt) -> {
        job.recordedAs(standing, setbacks, createdAt);
        if (setbacks.makeASuspect()) {
          suspects.add(job);
        } else {
          runner.run(job);
        }
      }
      case Verdict.Recover(_, JobChange change, Verdict then) -> {
        if (then instanceof Verdict.Run) {
          events.emit(new WorkerEvent.JobTakenOver(job.id(), change.to().attempt()));
        }
        return follow(job, then, tired);
      }
      case Verdict.End(Job ended) -> {
        events.emit(WorkerEvent.JobEnded.withoutRun(ended));
        around.announcer().ended(ended, () -> around.active().release(job));
      }
      case Verdict.Announce(Job ended) -> {
        events.emit(new WorkerEvent.DuplicateRecognised(job.id()));
        around.announcer().ended(ended, () -> around.active().release(job));
      }
      case Verdict.OthersFirst() -> {
        events.emit(new WorkerEvent.OthersGoFirst(job.id(), job.order().type()));
        around.announcer().silently(() -> around.active().release(job));
      }
      case Verdict.Acknowledge() -> around.announcer().silently(() -> around.active().release(job));
      case Verdict.Repeat() -> {
        events.emit(new WorkerEvent.DuplicateRecognised(job.id()));
        around.announcer().silently(() -> around.active().release(job));
      }
      case Verdict.Hold() -> {
        events.emit(new WorkerEvent.DeliveryHeld(job.id()));
        if (!around.held().lookAgainLater(job)) {
          tired.add(job);
        }
      }
      case Verdict.Conflict(Job earlier) -> {
        return new Unstartable(
            job,
            Refusal.MESSAGE_ID_REUSED,
            "the message id '%s' belongs to job %s of %s, which has another type or payload: give every job an id of its own"
                .formatted(job.order().messageId(), earlier.id(), earlier.times().createdAt()));
      }
    }
    return null;
  }
}
