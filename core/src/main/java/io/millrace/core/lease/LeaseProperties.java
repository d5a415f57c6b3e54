package io.millrace.core.lease;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a worker is taken for dead. The same for all workers of one database.
 *
 * @param heartbeat how often a worker says that it lives, and looks at the others; 100 ms to 10 s
 * @param deadAfter how long another must have been silent; at least three heartbeats, at most 5 min
 */
@ConfigurationProperties("millrace.lease")
public record LeaseProperties(
    @DefaultValue("3s") Duration heartbeat, @DefaultValue("15s") Duration deadAfter) {

  public LeaseProperties {
    Bounds.require(
        "millrace.lease.heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofSeconds(10));
    Bounds.require(
        "millrace.lease.dead-after", deadAfter, heartbeat.multipliedBy(3), Duration.ofMinutes(5));
  }
}
