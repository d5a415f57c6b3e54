package io.millrace.scheduler.jobrunr;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while JobRunr's server works. */
final class JobRunrHealth implements HealthIndicator {

  private final JobRunrSupervisor supervisor;

  JobRunrHealth(JobRunrSupervisor supervisor) {
    this.supervisor = supervisor;
  }

  @Override
  public Health health() {
    return (supervisor.isWell() ? Health.up() : Health.outOfService()).build();
  }
}
