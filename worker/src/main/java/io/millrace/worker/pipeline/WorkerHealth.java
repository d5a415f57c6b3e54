package io.millrace.worker.pipeline;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while messages are consumed. */
final class WorkerHealth implements HealthIndicator {

  private final Worker worker;

  WorkerHealth(Worker worker) {
    this.worker = worker;
  }

  @Override
  public Health health() {
    return (worker.isConsuming() ? Health.up() : Health.outOfService())
        .withDetail("consuming", worker.isConsuming())
        .withDetail("activeJobs", worker.activeJobs())
        .build();
  }
}
