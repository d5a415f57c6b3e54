package io.millrace.worker.pipeline;

import io.millrace.client.contract.JobId;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.worker.execution.ExhaustedException;
import io.millrace.worker.lease.Heart;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * The life of a worker: incarnation after incarnation, each with a pipeline of its own. One that
 * was declared dead, or whose pipeline broke, leaves everything to the broker and the next one
 * begins; a stop lets the last one finish.
 */
public final class Worker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration PAUSE_BETWEEN_LIVES = Duration.ofSeconds(1);

  private final PipelineFactory pipelines;
  private final WorkerStore store;
  private final LeaseProperties lease;
  private final Registration registration;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final ProcessEnd end;
  private final Object signal = new Object();

  // Guarded by signal.
  private @Nullable Thread life;
  private boolean stopping;
  private @Nullable String broken;

  private volatile @Nullable Pipeline pipeline;

  Worker(
      PipelineFactory pipelines,
      Registration registration,
      LeaseProperties lease,
      InstantSource clock,
      WorkerEvents events,
      ProcessEnd end) {
    this.end = end;
    this.pipelines = pipelines;
    this.registration = registration;
    this.store = registration.workers();
    this.lease = lease;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public void start() {
    synchronized (signal) {
      stopping = false;
      life = Thread.ofPlatform().name("millrace-worker").start(this::live);
    }
  }

  /** Stops consuming, finishes what has arrived, and signs off; at most the configured grace. */
  @Override
  public void stop() {
    Thread ending;
    synchronized (signal) {
      stopping = true;
      ending = life;
      life = null;
      signal.notifyAll();
    }
    if (ending != null) {
      try {
        ending.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    synchronized (signal) {
      return life != null;
    }
  }

  /** Whether messages are being consumed. */
  public boolean isConsuming() {
    Pipeline current = pipeline;
    return current != null && current.isConsuming();
  }

  /** Interrupts the handler of a job that was cancelled, if it runs here. */
  void cancel(JobId job) {
    Pipeline current = pipeline;
    if (current != null) {
      current.cancel(job);
    }
  }

  /** For how long jobs have waited for a thread while no handler has ended; zero if none waits. */
  public Duration stalledFor() {
    Pipeline current = pipeline;
    return current == null ? Duration.ZERO : current.stalledFor();
  }

  /** How many jobs are at hand. */
  public int activeJobs() {
    Pipeline current = pipeline;
    return current == null ? 0 : current.active();
  }

  private void live() {
    try {
      while (!isStopping()) {
        liveOnce(UUID.randomUUID());
        pause(PAUSE_BETWEEN_LIVES);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void liveOnce(UUID incarnation) throws InterruptedException {
    if (!register(incarnation)) {
      return;
    }
    synchronized (signal) {
      broken = null;
    }
    Heart heart = new Heart(store, incarnation, lease, clock, System::nanoTime, events);
    Pipeline current = pipelines.pipeline(incarnation, heart::isFresh, this::broke);
    pipeline = current;
    current.start();
    events.emit(new WorkerEvent.WorkerStarted(incarnation, pipelines.types().size()));
    String reason = beatUntilTheEnd(heart);
    if (reason == null) {
      boolean ended = current.finish(pipelines.worker().grace());
      signOff(incarnation, ended);
      reason = ended ? "stopped" : "stopped, with handlers still running after the grace time";
    } else {
      current.abandon();
    }
    pipeline = null;
    events.emit(new WorkerEvent.WorkerEnded(incarnation, reason));
  }

  private boolean register(UUID incarnation) throws InterruptedException {
    Instant awaySince = null;
    while (!isStopping()) {
      try {
        pipelines.admittance().pauses().look(); // what is paused is not even begun
        registration.register(incarnation, clock.instant());
        if (awaySince != null) {
          events.emit(new WorkerEvent.DatabaseBack(Duration.between(awaySince, clock.instant())));
        }
        return true;
      } catch (DataAccessException e) {
        if (awaySince == null) {
          awaySince = clock.instant();
          events.emit(new WorkerEvent.DatabaseLost(String.valueOf(e.getMessage())));
        }
        pause(lease.heartbeat());
      }
    }
    return false;
  }

  /** Answers null when the worker is to stop, else why the incarnation must end. */
  private @Nullable String beatUntilTheEnd(Heart heart) throws InterruptedException {
    while (true) {
      pause(heart.interval());
      synchronized (signal) {
        if (broken != null) {
          return broken;
        }
        if (stopping) {
          return null;
        }
      }
      if (!heart.beat(registration.pace().perSecond())) {
        return "declared dead by another worker";
      }
    }
  }

  /**
   * Only an incarnation that runs nothing any more says so; for one that may, the others wait until
   * it is silent.
   */
  private void signOff(UUID incarnation, boolean ended) {
    if (!ended) {
      return;
    }
    try {
      store.signOff(incarnation, clock.instant());
    } catch (DataAccessException e) {
      LOG.atWarn()
          .addKeyValue("incarnation", incarnation)
          .log("not signed off, the database is away; other workers will notice the silence", e);
    }
  }

  private void broke(Throwable cause) {
    LOG.atError()
        .setCause(cause)
        .log("the pipeline broke, this incarnation ends and another begins");
    if (cause instanceof VirtualMachineError || cause instanceof ExhaustedException) {
      events.emit(new WorkerEvent.ProcessEnding(cause.toString()));
      end.end(ProcessEnd.EXHAUSTED);
    }
    synchronized (signal) {
      broken = "the pipeline broke: " + cause;
      signal.notifyAll();
    }
  }

  private boolean isStopping() {
    synchronized (signal) {
      return stopping;
    }
  }

  private void pause(Duration time) throws InterruptedException {
    synchronized (signal) {
      if (!stopping && broken == null) {
        signal.wait(time.toMillis());
      }
    }
  }
}
