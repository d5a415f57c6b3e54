package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Surroundings;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.settlement.RetryProperties.RetryPolicies;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The third step: ends are written in groups, and handed on to be announced. An end that was not
 * ours to write goes back to be judged by the row that is there. Ends may be handed in by many
 * threads; one thread steps.
 */
public final class Settlement {

  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final SettlementProperties properties;
  private final BlockingQueue<FinishedJob> finished = new LinkedBlockingQueue<>();
  private final RetryPolicies retries;
  private final DoubleSupplier random;
  private final EndWriter writer;
  private final Surroundings around;
  private final WorkerEvents events;

  /**
   * @param random evenly distributed, from 0 to below 1
   */
  public Settlement(
      SettlementProperties properties,
      RetryPolicies retries,
      DoubleSupplier random,
      EndWriter writer,
      Surroundings around,
      WorkerEvents events) {
    this.properties = properties;
    this.retries = retries;
    this.random = random;
    this.writer = writer;
    this.around = around;
    this.events = events;
  }

  /** Hands in a job whose handler has ended. */
  public void add(FinishedJob job) {
    finished.add(job);
  }

  /** Settles what has been handed in, or waits a moment for it. */
  public void step() throws InterruptedException {
    List<FinishedJob> group = takeGroup();
    if (group.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    List<EndedAttempt> toWrite = new ArrayList<>(group.size());
    Map<JobId, EndedAttempt> written = new HashMap<>();
    for (FinishedJob each : group) {
      switch (each.outcome()) {
        case Outcome.Succeeded _, Outcome.Failed _, Outcome.Parked _, Outcome.SetAside _ ->
            toWrite.add(judge(each));
        case Outcome.Recorded _ -> written.put(each.job().id(), judge(each));
        case Outcome.Fenced _, Outcome.Unknown _ -> {} // its row says what to do
      }
    }
    if (!toWrite.isEmpty()) {
      written.putAll(write(toWrite));
    }
    events.emit(
        new WorkerEvent.GroupSettled(group.size(), Duration.ofNanos(System.nanoTime() - began)));
    for (FinishedJob each : group) {
      handOn(each, written.get(each.job().id()));
    }
  }

  /** Whether everything that was handed in has been settled. Ask only between steps. */
  public boolean isDrained() {
    return finished.isEmpty();
  }

  /**
   * A group is what is there; one that is small waits a little, but only while other jobs are on
   * their way to join it.
   */
  private List<FinishedJob> takeGroup() throws InterruptedException {
    FinishedJob first = finished.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<FinishedJob> group = new ArrayList<>();
    group.add(first);
    long deadline = System.nanoTime() + properties.linger().toNanos();
    finished.drainTo(group, properties.group() - group.size());
    while (group.size() < properties.group() && around.active().size() > group.size()) {
      FinishedJob next = finished.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      group.add(next);
      finished.drainTo(group, properties.group() - group.size());
    }
    return group;
  }

  /** Answers what is now recorded, by job. */
  private Map<JobId, EndedAttempt> write(List<EndedAttempt> ended) throws InterruptedException {
    try {
      Set<JobId> written = around.database().insist(() -> writer.write(ended));
      return ended.stream()
          .filter(each -> written.contains(each.row().id()))
          .collect(Collectors.toMap(each -> each.row().id(), each -> each));
    } catch (DataIntegrityViolationException e) {
      return bisect(ended, e);
    }
  }

  /**
   * Something in one of the ends cannot be stored: that job fails with the reason, the others are
   * written.
   */
  private Map<JobId, EndedAttempt> bisect(
      List<EndedAttempt> ended, DataIntegrityViolationException e) throws InterruptedException {
    if (ended.size() > 1) {
      int half = ended.size() / 2;
      Map<JobId, EndedAttempt> written = new HashMap<>(write(ended.subList(0, half)));
      written.putAll(write(ended.subList(half, ended.size())));
      return written;
    }
    FinishedJob culprit = ended.getFirst().finished();
    if (culprit.outcome() instanceof Outcome.Failed) {
      return Map.of(); // it is not the result: the claim finds out what it is, and says so
    }
    Mishap.Failed why =
        Mishap.Failed.forGood(
            new Failure(
                "UNSTORABLE_RESULT",
                "the database refuses the result: " + e.getMostSpecificCause().getMessage(),
                null));
    return write(
        List.of(
            judge(new FinishedJob(culprit.job(), new Outcome.Failed(why), culprit.finishedAt()))));
  }

  private EndedAttempt judge(FinishedJob finished) {
    return EndedAttempt.of(
        finished, retries.of(finished.job().order().type()), random.getAsDouble());
  }

  private void handOn(FinishedJob finished, @Nullable EndedAttempt written) {
    ActiveJob job = finished.job();
    if (written == null) {
      boolean unknown = finished.outcome() instanceof Outcome.Unknown;
      if (job.isRecorded() && !job.isCancelled() && !unknown) {
        events.emit(new WorkerEvent.CommitFenced(job.id(), job.token().attempt()));
      }
      around.held().lookAgainSoon(job);
      return;
    }
    Job row = written.row();
    Instant finishedAt = written.finished().finishedAt();
    Instant dueAt = row.standing().dueAt();
    if (dueAt != null) {
      if (finished.outcome() instanceof Outcome.SetAside) {
        events.emit(new WorkerEvent.JobSetAside(job.id(), job.order().type()));
      } else if (!finished.outcome().isUnbegun()) {
        events.emit(
            new WorkerEvent.AttemptFailed(
                job.id(), job.order().type(), job.token().attempt(), written.reason(), dueAt));
      }
      around.announcer().silently(() -> around.active().release(job));
      return;
    }
    events.emit(
        new WorkerEvent.JobEnded(
            job.id(),
            job.order().type(),
            row.standing().state(),
            Duration.between(job.mustHaveStartedAt(), finishedAt),
            Duration.between(job.arrivedAt(), finishedAt)));
    if (job.isLeftToDispatcher()) {
      around.announcer().silently(() -> around.active().release(job));
    } else {
      around.announcer().ended(row, () -> around.active().release(job));
    }
  }
}
