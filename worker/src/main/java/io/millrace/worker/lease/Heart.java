package io.millrace.worker.lease;

import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.LeaseWatch;
import io.millrace.core.lease.WorkerStore;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;

/** Beats for one incarnation and watches all others. For one thread. */
public final class Heart {

  private final WorkerStore store;
  private final UUID incarnation;
  private final Duration heartbeat;
  private final LeaseWatch watch;
  private final InstantSource clock;
  private final WorkerEvents events;

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
  }

  /** How long to rest between two beats. */
  public Duration interval() {
    return heartbeat;
  }

  /**
   * Beats once and looks at the others once. While the database is away there is no beat, and
   * nobody is judged.
   *
   * @return false if this incarnation was declared dead: what it runs is no longer its own
   */
  public boolean beat() {
    try {
      if (!store.beat(incarnation, clock.instant())) {
        return false;
      }
      watch.look().forEach(silent -> events.emit(new WorkerEvent.WorkerDeclaredDead(silent)));
    } catch (DataAccessException _) {
      watch.interrupted();
    }
    return true;
  }
}
