package io.millrace.worker.claim;

import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in whose company workers died. Each runs alone: nothing else is started until what runs has
 * ended, then the suspect, and nothing beside it. So its worker's next death convicts it and nobody
 * else. For one thread.
 */
final class Suspects {

  /** How long a suspect keeps others waiting; then another worker may try it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration COME_BACK = Duration.ofSeconds(10);

  private final Queue<ActiveJob> waiting = new ArrayDeque<>();
  private final Recording recording;
  private final DatabaseGuard database;
  private final HeldJobs held;
  private final ActiveJobs active;
  private final Announcer announcer;
  private final Consumer<ActiveJob> runner;
  private final BooleanSupplier idle;
  private final InstantSource clock;
  private final WorkerEvents events;
  private @Nullable Instant waitingSince;
  private boolean running;

  /**
   * @param runner runs jobs
   * @param idle whether none runs
   */
  Suspects(
      Recording recording,
      DatabaseGuard database,
      HeldJobs held,
      ActiveJobs active,
      Announcer announcer,
      Consumer<ActiveJob> runner,
      BooleanSupplier idle,
      InstantSource clock,
      WorkerEvents events) {
    this.recording = recording;
    this.database = database;
    this.held = held;
    this.active = active;
    this.announcer = announcer;
    this.runner = runner;
    this.idle = idle;
    this.clock = clock;
    this.events = events;
  }

  /** Takes a job of ours, recorded as running. */
  void add(ActiveJob job) {
    if (waiting.isEmpty()) {
      waitingSince = clock.instant();
    }
    waiting.add(job);
  }

  /** Whether one waits or runs, so that nothing may be started beside it. */
  boolean isBusy() {
    return running || !waiting.isEmpty();
  }

  /** Runs the next one, if nothing else runs. */
  void step() throws InterruptedException {
    if (!idle.getAsBoolean()) {
      if (!running) {
        giveWay();
      }
      return;
    }
    running = false;
    ActiveJob next = waiting.poll();
    if (next == null) {
      return;
    }
    waitingSince = clock.instant();
    if (database.insist(() -> recording.runsAlone(next))) {
      events.emit(new WorkerEvent.SuspectRunsAlone(next.id(), next.setbacks().crashes()));
      running = true;
      runner.accept(next);
    } else {
      held.lookAgainSoon(next);
    }
  }

  private void giveWay() throws InterruptedException {
    Instant since = waitingSince;
    Instant now = clock.instant();
    if (since == null || now.isBefore(since.plus(PATIENCE))) {
      return;
    }
    while (!waiting.isEmpty()) {
      ActiveJob job = waiting.remove();
      if (database.insist(() -> recording.putBack(job, now.plus(COME_BACK)))) {
        announcer.silently(() -> active.release(job));
      } else {
        held.lookAgainSoon(job);
      }
    }
  }
}
