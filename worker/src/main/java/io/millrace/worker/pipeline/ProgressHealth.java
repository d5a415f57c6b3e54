package io.millrace.worker.pipeline;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when jobs wait and nothing moves: whoever supervises the process had better start another.
 * An outage of the broker or the database does not count, since a new process would not help.
 */
final class ProgressHealth implements HealthIndicator {

  private final Worker worker;
  private final Duration limit;

  ProgressHealth(Worker worker, Duration limit) {
    this.worker = worker;
    this.limit = limit;
  }

  @Override
  public Health health() {
    Duration stalled = worker.stalledFor();
    return (stalled.compareTo(limit) < 0 ? Health.up() : Health.down())
        .withDetail("stalledSeconds", stalled.toSeconds())
        .build();
  }
}
