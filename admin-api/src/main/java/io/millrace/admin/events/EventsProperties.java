package io.millrace.admin.events;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many may watch, and for how long.
 *
 * @param watchers in this process at a time; 1 to 100,000
 * @param lifetime of a stream; 1 s to 24 h
 * @param heartbeat after which time without news something is said all the same; 100 ms to 10 min
 */
@ConfigurationProperties(EventsProperties.PREFIX)
public record EventsProperties(
    @DefaultValue("1000") int watchers,
    @DefaultValue("15m") Duration lifetime,
    @DefaultValue("15s") Duration heartbeat) {

  static final String PREFIX = "millrace.api.events";

  public EventsProperties {
    Bounds.require(PREFIX + ".watchers", watchers, 1, 100_000);
    Bounds.require(PREFIX + ".lifetime", lifetime, Duration.ofSeconds(1), Duration.ofHours(24));
    Bounds.require(
        PREFIX + ".heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofMinutes(10));
  }
}
