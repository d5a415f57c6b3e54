package io.millrace.scheduler.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.millrace.core.schedule.Firing;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class ScheduleMeters implements ScheduleListener {

  private final MeterRegistry registry;
  private final AtomicLong lateMillis = new AtomicLong();
  private final Counter failures;

  ScheduleMeters(MeterRegistry registry) {
    this.registry = registry;
    failures = registry.counter("millrace.schedules.failures");
    TimeGauge.builder("millrace.schedules.late", lateMillis::get, TimeUnit.MILLISECONDS)
        .register(registry);
  }

  @Override
  public void on(ScheduleEvent event) {
    switch (event) {
      case ScheduleEvent.Fired(Firing firing) ->
          registry
              .counter(
                  "millrace.schedules.firings",
                  "schedule",
                  firing.schedule(),
                  "state",
                  firing.state().name())
              .increment();
      case ScheduleEvent.LatenessMeasured e -> lateMillis.set(e.late().toMillis());
      case ScheduleEvent.WatchFailed _ -> failures.increment();
      case ScheduleEvent.Configured _, ScheduleEvent.Held _, ScheduleEvent.WatchRecovered _ -> {}
    }
  }
}
