package io.millrace.worker.claim;

import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
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
  private final Surroundings around;
  private final Runner runner;
  private final InstantSource clock;
  private final WorkerEvents events;
  private @Nullable Instant waitingSince;
  private boolean running;

  Suspects(Surroundings around, Runner runner, InstantSource clock, WorkerEvents events) {
    this.around = around;
    this.runner = runner;
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
    if (!runner.isIdle()) {
      if (!running) {
        giveWay();
      }
      return;
    }
    if (running) {
      // Its handler has ended, its row may not say so yet: what comes next is not its fault.
      around.database().insist(() -> around.recording().nothingRunsAlone());
      running = false;
    }
    ActiveJob next = waiting.poll();
    if (next == null) {
      return;
    }
    waitingSince = clock.instant();
    if (around.database().insist(() -> around.recording().runsAlone(next))) {
      events.emit(new WorkerEvent.SuspectRunsAlone(next.id(), next.setbacks().crashes()));
      running = true;
      runner.run(next);
    } else {
      around.held().lookAgainSoon(next);
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
      if (around.database().insist(() -> around.recording().putBack(job, now.plus(COME_BACK)))) {
        around.announcer().silently(() -> around.active().release(job));
      } else {
        around.held().lookAgainSoon(job);
      }
    }
  }
}
