package io.millrace.scheduler.jobrunr;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class JobRunrMeters implements JobRunrListener {

  private final AtomicInteger working;
  private final Counter lost;

  JobRunrMeters(MeterRegistry registry) {
    working = registry.gauge("millrace.jobrunr.working", new AtomicInteger());
    lost = registry.counter("millrace.jobrunr.lost");
  }

  @Override
  public void on(JobRunrEvent event) {
    switch (event) {
      case JobRunrEvent.Started _ -> {}
      case JobRunrEvent.Working _ -> working.set(1);
      case JobRunrEvent.Lost _ -> {
        working.set(0);
        lost.increment();
      }
    }
  }
}
