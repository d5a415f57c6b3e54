package io.millrace.worker.signal;

import io.millrace.client.contract.JobType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many jobs a second have ended here lately, by type. It counts what many threads tell; one
 * thread asks, every few seconds.
 */
public final class Pace implements WorkerEventListener {

  /** Some heartbeats: long enough to be steady, short enough to show that a type stands still. */
  static final Duration WINDOW = Duration.ofSeconds(15);

  private static final double NANOS = 1e9;

  private record Reading(long nanos, Map<JobType, Long> ended) {

    Reading {
      ended = Map.copyOf(ended);
    }
  }

  private final LongSupplier nanoTime;
  private final Map<JobType, LongAdder> ended = new ConcurrentHashMap<>();
  private final Queue<Reading> readings = new ArrayDeque<>(); // of the thread that asks

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    readings.add(new Reading(nanoTime.getAsLong(), Map.of()));
  }

  @Override
  public void on(WorkerEvent event) {
    if (event instanceof WorkerEvent.JobEnded end) {
      ended.computeIfAbsent(end.type(), _ -> new LongAdder()).increment();
    }
  }

  /**
   * From the oldest time of asking within {@link #WINDOW}, or else from the last one, until now;
   * types of which no job has ended since are left out.
   */
  public Map<JobType, Double> perSecond() {
    Reading now = read();
    while (readings.size() > 1 && now.nanos() - readings.element().nanos() > WINDOW.toNanos()) {
      readings.remove();
    }
    Reading then = readings.element();
    readings.add(now);
    double seconds = Math.max(1, now.nanos() - then.nanos()) / NANOS;
    Map<JobType, Double> rates = new HashMap<>();
    now.ended()
        .forEach(
            (type, count) -> {
              long since = count - then.ended().getOrDefault(type, 0L);
              if (since > 0) {
                rates.put(type, since / seconds);
              }
            });
    return rates;
  }

  private Reading read() {
    Map<JobType, Long> counts = new HashMap<>();
    ended.forEach((type, count) -> counts.put(type, count.sum()));
    return new Reading(nanoTime.getAsLong(), counts);
  }
}
