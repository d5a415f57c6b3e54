package io.millrace.scheduler.schedule;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while schedules are seen to. */
final class ScheduleHealth implements HealthIndicator {

  private final ScheduleWatch watch;

  ScheduleHealth(ScheduleWatch watch) {
    this.watch = watch;
  }

  @Override
  public Health health() {
    return (watch.isWell() ? Health.up() : Health.outOfService()).build();
  }
}
