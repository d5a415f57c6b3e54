package io.millrace.scheduler.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class ReplayMeters implements ReplayListener {

  private final Counter replayed;
  private final Counter refused;
  private final Counter paused;
  private final Counter failures;

  ReplayMeters(MeterRegistry registry) {
    replayed = registry.counter("millrace.replay.jobs");
    refused = registry.counter("millrace.replay.refused");
    paused = registry.counter("millrace.replay.paused");
    failures = registry.counter("millrace.replay.failures");
  }

  @Override
  public void on(ReplayEvent event) {
    switch (event) {
      case ReplayEvent.Sliced e -> {
        replayed.increment(e.replayed());
        refused.increment(e.refused());
      }
      case ReplayEvent.Paused _ -> paused.increment();
      case ReplayEvent.Hindered _ -> failures.increment();
      case ReplayEvent.Finished _, ReplayEvent.Recovered _ -> {}
    }
  }
}
