package io.millrace.scheduler.dispatch;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while due jobs are dispatched. */
final class DispatcherHealth implements HealthIndicator {

  private final Dispatcher dispatcher;

  DispatcherHealth(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public Health health() {
    return (dispatcher.isWell() ? Health.up() : Health.outOfService()).build();
  }
}
