package io.millrace.worker.lease;

import io.millrace.client.contract.JobType;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.LeaseWatch;
import io.millrace.core.lease.WorkerStore;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;

/**
 * Beats for one incarnation and watches all others. For one thread, but for what says otherwise.
 */
public final class Heart {

  private final WorkerStore store;
  private final UUID incarnation;
  private final Duration heartbeat;
  private final LeaseWatch watch;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final LongSupplier nanoTime;
  private final long freshNanos;
  private volatile long lastBeatNanos;

  /** Begins with an incarnation that has just been registered. */
  public Heart(
      WorkerStore store,
      UUID incarnation,
      LeaseProperties properties,
      InstantSource clock,
      LongSupplier nanoTime,
      WorkerEvents events) {
    this.store = store;
    this.incarnation = incarnation;
    this.heartbeat = properties.heartbeat();
    this.watch = new LeaseWatch(store, properties, clock, nanoTime);
    this.clock = clock;
    this.events = events;
    this.nanoTime = nanoTime;
    this.freshNanos = properties.deadAfter().toNanos() * 2 / 3;
    this.lastBeatNanos = nanoTime.getAsLong();
  }

  /**
   * Whether the last beat was so lately that nobody takes this worker for dead within the time that
   * a call needs to begin: two thirds of the time after which it is declared dead. Safe for use by
   * many threads.
   */
  public boolean isFresh() {
    return nanoTime.getAsLong() - lastBeatNanos < freshNanos;
  }

  /** How long to rest between two beats. */
  public Duration interval() {
    return heartbeat;
  }

  /**
   * Beats once and looks at the others once. While the database is away there is no beat, and
   * nobody is judged.
   *
   * @param endedPerSecond how many jobs of which type end here, which is told along with it
   * @return false if this incarnation was declared dead: what it runs is no longer its own
   */
  public boolean beat(Map<JobType, Double> endedPerSecond) {
    long began = nanoTime.getAsLong();
    try {
      if (!store.beat(incarnation, endedPerSecond, clock.instant())) {
        return false;
      }
      lastBeatNanos = began;
      watch.look().forEach(silent -> events.emit(new WorkerEvent.WorkerDeclaredDead(silent)));
    } catch (DataAccessException _) {
      watch.interrupted();
    }
    return true;
  }
}
