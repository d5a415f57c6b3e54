package io.millrace.core.lease;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Watches all incarnations of workers and declares the silent ones dead. For one thread. */
public final class LeaseWatch {

  private final WorkerStore store;
  private final HeartbeatWatch watch;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the monotonic clock, as {@link System#nanoTime}
   */
  public LeaseWatch(
      WorkerStore store, LeaseProperties properties, InstantSource clock, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.store = store;
    this.watch = new HeartbeatWatch(properties.deadAfter(), properties.heartbeat().multipliedBy(2));
    this.clock = clock;
  }

  /**
   * Looks once; to be called every {@link LeaseProperties#heartbeat}.
   *
   * @return those that this look ended
   * @throws org.springframework.dao.DataAccessException if the database does not answer; call
   *     {@link #interrupted} then
   */
  public List<UUID> look() {
    List<UUID> ended = new ArrayList<>();
    watch
        .observe(store.live(), nanoTime.getAsLong())
        .forEach(
            (silent, counter) -> {
              if (store.declareDead(silent, counter, clock.instant())) {
                ended.add(silent);
              }
            });
    return ended;
  }

  /** A look failed: what was seen before counts no more. */
  public void interrupted() {
    watch.interrupted();
  }
}
