package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Surroundings;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Lets no delivery get old: the broker closes the channel of one that is not acknowledged in half
 * an hour. Its job gets a row, from which the dispatcher announces its end and revives it should
 * this worker die, and then it is acknowledged. Steps on the thread that settles, so that it never
 * writes beside the end of the same job.
 */
public final class EarlyAcknowledgement {

  private final Duration after;
  private final Surroundings around;
  private final InstantSource clock;
  private final WorkerEvents events;
  private Instant nextLook;

  /**
   * @param after how old a delivery may get
   */
  public EarlyAcknowledgement(
      Duration after, Surroundings around, InstantSource clock, WorkerEvents events) {
    this.after = after;
    this.around = around;
    this.clock = clock;
    this.events = events;
    this.nextLook = clock.instant();
  }

  /** Acknowledges what has become old; looks ten times in that time. */
  public void step() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(after.dividedBy(10));
    List<ActiveJob> old = around.active().withDeliveriesBefore(now.minus(after));
    if (old.isEmpty()) {
      return;
    }
    List<Delivery> acknowledged = new ArrayList<>();
    int jobs = 0;
    for (ActiveJob job : leave(old)) {
      job.leaveToDispatcher();
      acknowledged.addAll(around.active().takeDeliveries(job));
      jobs++;
    }
    if (jobs > 0) {
      Collection<Delivery> deliveries = List.copyOf(acknowledged);
      around.announcer().silently(() -> deliveries);
      events.emit(new WorkerEvent.AcknowledgedEarly(jobs));
    }
  }

  /** Answers those whose rows now say that they run here and are the dispatcher's to announce. */
  private List<ActiveJob> leave(List<ActiveJob> old) throws InterruptedException {
    // What must be recorded before it runs is the claim's to record, as waiting or as running.
    List<ActiveJob> unrecorded =
        old.stream().filter(job -> !job.isRecorded() && job.maySkipItsFirstWrite()).toList();
    try {
      if (!unrecorded.isEmpty()) {
        Set<JobId> recorded =
            around.database().insist(() -> around.recording().recordRunning(unrecorded));
        unrecorded.stream().filter(job -> recorded.contains(job.id())).forEach(ActiveJob::recorded);
      }
    } catch (DataIntegrityViolationException _) {
      // One of them cannot be stored at all: its end will find that out, and say so.
    }
    List<ActiveJob> ours = old.stream().filter(ActiveJob::isRecorded).toList();
    Set<JobId> left = around.database().insist(() -> around.recording().leaveToDispatcher(ours));
    return ours.stream().filter(job -> left.contains(job.id())).toList();
  }
}
