package io.millrace.scheduler.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class DispatchMeters implements DispatchListener {

  private static final String TYPE = "type";

  private final MeterRegistry registry;
  private final AtomicLong lagMillis = new AtomicLong();
  private final AtomicInteger paused = new AtomicInteger();
  private final AtomicLong pausedMillis = new AtomicLong();
  private final Counter expired;
  private final Counter revived;
  private final Counter convicted;
  private final Counter announced;
  private final Counter endpoints;
  private final Counter resultsDropped;
  private final Counter workersDead;

  DispatchMeters(MeterRegistry registry) {
    this.registry = registry;
    expired = registry.counter("millrace.dispatcher.expired");
    revived = registry.counter("millrace.dispatcher.revived");
    convicted = registry.counter("millrace.dispatcher.convicted");
    announced = registry.counter("millrace.dispatcher.announced");
    endpoints = registry.counter("millrace.dispatcher.endpoints.announced");
    resultsDropped = registry.counter("millrace.dispatcher.results.dropped");
    workersDead = registry.counter("millrace.dispatcher.workers.declared.dead");
    registry.gauge("millrace.pauses", paused);
    TimeGauge.builder("millrace.pauses.longest", pausedMillis::get, TimeUnit.MILLISECONDS)
        .register(registry);
    TimeGauge.builder("millrace.dispatcher.lag", lagMillis::get, TimeUnit.MILLISECONDS)
        .register(registry);
  }

  @Override
  public void on(DispatchEvent event) {
    switch (event) {
      case DispatchEvent.Dispatched e ->
          registry
              .counter("millrace.dispatcher.dispatched", TYPE, e.type().name())
              .increment(e.jobs());
      case DispatchEvent.Deferred e ->
          registry
              .counter("millrace.dispatcher.deferred", TYPE, e.type().name())
              .increment(e.jobs());
      case DispatchEvent.Returned e ->
          registry
              .counter("millrace.dispatcher.returned", "dependency", e.dependency().name())
              .increment(e.jobs());
      case DispatchEvent.SetAside e ->
          registry
              .counter("millrace.dispatcher.set.aside", TYPE, e.type().name())
              .increment(e.jobs());
      case DispatchEvent.Resumed e ->
          registry
              .counter("millrace.dispatcher.resumed", TYPE, e.type().name())
              .increment(e.jobs());
      case DispatchEvent.PausesMeasured e -> {
        paused.set(e.paused());
        pausedMillis.set(e.longest().toMillis());
      }
      case DispatchEvent.Expired e -> expired.increment(e.jobs());
      case DispatchEvent.Revived _ -> revived.increment();
      case DispatchEvent.Convicted _ -> convicted.increment();
      case DispatchEvent.Announced e -> announced.increment(e.jobs());
      case DispatchEvent.EndpointsAnnounced e -> endpoints.increment(e.endpoints());
      case DispatchEvent.PublishedAgain e ->
          registry
              .counter("millrace.dispatcher.published.again", TYPE, e.type().name())
              .increment(e.jobs());
      case DispatchEvent.ResultsDropped e -> resultsDropped.increment(e.jobs());
      case DispatchEvent.WorkerDeclaredDead _ -> workersDead.increment();
      case DispatchEvent.LagMeasured e -> lagMillis.set(e.lag().toMillis());
      case DispatchEvent.PassFailed e ->
          registry.counter("millrace.dispatcher.failures", "pass", e.pass()).increment();
      case DispatchEvent.PassRecovered _ -> {}
    }
  }
}
