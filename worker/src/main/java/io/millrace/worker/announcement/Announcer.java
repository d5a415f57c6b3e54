package io.millrace.worker.announcement;

import io.millrace.client.contract.JobId;
import io.millrace.core.Pause;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.job.Job;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.outcome.Rejection;
import io.millrace.core.store.JobStore;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/**
 * The last two steps: outcomes are published, and when the broker has confirmed them all, their
 * messages are acknowledged. Until then the unacknowledged message is what makes sure that the
 * outcome is told: if this process dies, it comes again. Announcements may be handed in by many
 * threads; one thread steps.
 */
public final class Announcer {

  private static final int MOST_AT_ONCE = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  /** After how long of trying the dispatcher is to announce. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private final BlockingQueue<Announcement> waiting = new LinkedBlockingQueue<>();
  private final ConfirmedPublisher publisher;
  private final OutcomeMessages outcomes;
  private final Intake intake;
  private final JobStore store;
  private final Pause pause;
  private final InstantSource clock;
  private final WorkerEvents events;

  public Announcer(
      ConfirmedPublisher publisher,
      OutcomeMessages outcomes,
      Intake intake,
      JobStore store,
      Pause pause,
      InstantSource clock,
      WorkerEvents events) {
    this.store = store;
    this.pause = pause;
    this.clock = clock;
    this.publisher = publisher;
    this.outcomes = outcomes;
    this.intake = intake;
    this.events = events;
  }

  /**
   * A job has ended, now or earlier, and that is recorded.
   *
   * @param deliveries what to acknowledge, asked for only then: until it is announced, repeats may
   *     still join
   */
  public void ended(Job job, Supplier<Collection<Delivery>> deliveries) {
    waiting.add(new Announcement(job.id(), outcomes.of(job), deliveries));
  }

  /** A message is in quarantine. */
  public void rejected(Rejection rejection, Supplier<Collection<Delivery>> deliveries) {
    waiting.add(new Announcement(null, outcomes.of(rejection), deliveries));
  }

  /** There is nothing to say, only to acknowledge. */
  public void silently(Supplier<Collection<Delivery>> deliveries) {
    waiting.add(new Announcement(null, List.of(), deliveries));
  }

  /** Announces and acknowledges what has been handed in, or waits a moment for the first. */
  public void step() throws InterruptedException {
    Announcement first = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    List<Announcement> group = new ArrayList<>();
    group.add(first);
    waiting.drainTo(group, MOST_AT_ONCE - 1);
    publish(group);
    acknowledge(group);
  }

  /** Gives up the connection to the broker. Only when there are no more steps. */
  public void close() {
    publisher.close();
  }

  /** Whether everything that was handed in has been announced. Ask only between steps. */
  public boolean isDrained() {
    return waiting.isEmpty();
  }

  /** Publishes, confirmed; what cannot be for long is left to the dispatcher, if it is a job's. */
  private void publish(List<Announcement> group) throws InterruptedException {
    List<Announcement> untold =
        new ArrayList<>(group.stream().filter(each -> !each.messages().isEmpty()).toList());
    Instant since = clock.instant();
    while (!untold.isEmpty()) {
      try {
        publisher.publish(untold.stream().flatMap(each -> each.messages().stream()).toList());
        return;
      } catch (IOException e) {
        events.emit(
            new WorkerEvent.AnnouncementDelayed(untold.size(), String.valueOf(e.getMessage())));
      }
      if (clock.instant().isAfter(since.plus(LONG)) && leaveToDispatcher(untold)) {
        untold.removeIf(each -> each.job() != null);
      }
      pause.rest(PAUSE_AFTER_FAILURE);
    }
  }

  private boolean leaveToDispatcher(List<Announcement> untold) {
    List<JobId> jobs = untold.stream().map(Announcement::job).filter(Objects::nonNull).toList();
    try {
      store.announceLater(jobs);
      return true;
    } catch (DataAccessException _) {
      return false; // it is tried again, like the announcement
    }
  }

  private void acknowledge(List<Announcement> group) {
    List<Delivery> done = new ArrayList<>();
    for (Announcement announcement : group) {
      done.addAll(announcement.deliveries().get());
    }
    intake.acknowledge(done);
  }
}
