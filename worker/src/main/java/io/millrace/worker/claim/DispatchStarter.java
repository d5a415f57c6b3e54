package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.job.Job;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the jobs that the dispatcher says are due. Its word may overtake its commit, and may come
 * while the job's last attempt is still being put away here: then it is kept for a moment and
 * looked at again. For one thread.
 */
final class DispatchStarter {

  /** How soon to look again at a job that another has locked, or that is still at hand. */
  private static final Duration SOON = Duration.ofMillis(5);

  /** After how long a job without a free row is looked for among those that have none. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private record Word(DispatchMessage message, Delivery delivery, Instant lookAt) {}

  private final Surroundings around;
  private final HandlerRegistry handlers;
  private final Runner runner;
  private final Suspects suspects;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final List<Word> kept = new ArrayList<>();

  DispatchStarter(
      Surroundings around,
      HandlerRegistry handlers,
      Runner runner,
      Suspects suspects,
      InstantSource clock,
      WorkerEvents events) {
    this.around = around;
    this.handlers = handlers;
    this.runner = runner;
    this.suspects = suspects;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Takes in what has arrived on the dispatcher's queues, and starts what can be started.
   *
   * @return those that are not the dispatcher's
   */
  List<Quarantine.Refused> step(Collection<Delivery> deliveries) throws InterruptedException {
    List<Quarantine.Refused> refused = new ArrayList<>();
    Instant now = clock.instant();
    for (Delivery delivery : deliveries) {
      Optional<DispatchMessage> message = DispatchMessage.read(delivery.body());
      message.ifPresentOrElse(
          read -> kept.add(new Word(read, delivery, now)), () -> refused.add(foreign(delivery)));
    }
    Map<JobId, Word> due = takeDue(now);
    if (!due.isEmpty()) {
      start(due);
    }
    return refused;
  }

  /** Whether nothing is kept. */
  boolean isDrained() {
    return kept.isEmpty();
  }

  /** One word a job at a time, and none about a job that is at hand. */
  private Map<JobId, Word> takeDue(Instant now) {
    Map<JobId, Word> due = new HashMap<>();
    for (Iterator<Word> words = kept.iterator(); words.hasNext(); ) {
      Word word = words.next();
      JobId job = word.message().job();
      if (!word.lookAt().isAfter(now)
          && !around.active().contains(job)
          && due.putIfAbsent(job, word) == null) {
        words.remove();
      }
    }
    return due;
  }

  private void start(Map<JobId, Word> due) throws InterruptedException {
    Map<JobId, Integer> attempts = new HashMap<>();
    due.forEach((job, word) -> attempts.put(job, word.message().attempt()));
    Map<JobId, DispatchVerdict> verdicts =
        around.database().insist(() -> around.recording().begin(attempts, this::handlerOf));
    for (Word word : due.values()) {
      follow(word, verdicts.get(word.message().job()));
    }
  }

  private void follow(Word word, @Nullable DispatchVerdict verdict) throws InterruptedException {
    Delivery delivery = word.delivery();
    switch (verdict) {
      case null -> keepOrForget(word);
      case DispatchVerdict.Run(Job job, Object input, _) -> {
        ActiveJob started = ActiveJob.recorded(job, handlerOf(job.order().type()), input, delivery);
        around.active().join(started, delivery);
        if (started.setbacks().makeASuspect()) {
          suspects.add(started);
        } else {
          runner.run(started);
        }
      }
      case DispatchVerdict.End(Job job, _) -> {
        events.emit(WorkerEvent.JobEnded.withoutRun(job));
        around.announcer().ended(job, () -> List.of(delivery));
      }
      case DispatchVerdict.Announce(Job job) -> {
        events.emit(new WorkerEvent.DuplicateRecognised(job.id()));
        around.announcer().ended(job, () -> List.of(delivery));
      }
      case DispatchVerdict.Leave(), DispatchVerdict.Acknowledge() -> {
        events.emit(new WorkerEvent.DuplicateRecognised(word.message().job()));
        around.announcer().silently(() -> List.of(delivery));
      }
    }
  }

  /** A row that another has locked is free in a moment; one that is gone is gone for good. */
  private void keepOrForget(Word word) throws InterruptedException {
    Instant now = clock.instant();
    boolean isNew = Duration.between(word.delivery().arrivedAt(), now).compareTo(LONG) < 0;
    if (isNew || isThere(word.message().job())) {
      kept.add(new Word(word.message(), word.delivery(), now.plus(SOON)));
    } else {
      around.announcer().silently(() -> List.of(word.delivery()));
    }
  }

  private boolean isThere(JobId job) throws InterruptedException {
    Set<JobId> known = around.database().insist(() -> around.recording().known(Set.of(job)));
    return !known.isEmpty();
  }

  private RegisteredHandler handlerOf(JobType type) {
    return handlers
        .find(type)
        .orElseThrow(() -> new IllegalStateException("no handler of type " + type));
  }

  private static Quarantine.Refused foreign(Delivery delivery) {
    return new Quarantine.Refused(
        delivery,
        Refusal.INVALID_HEADER,
        "this queue is the dispatcher's: publish jobs to the exchange millrace.jobs, with the job type as the routing key",
        delivery.properties().getMessageId(),
        () -> List.of(delivery));
  }
}
