package io.millrace.worker.execution;

import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long a handler may run.
 *
 * @param common after which it is interrupted and its attempt has failed; 10 ms to 7 days
 * @param types the same for single job types, where it differs; as text, since only then may a name
 *     have dots without brackets around it
 * @param grace how long it may take to heed the interrupt, before its thread is given up; 10 ms to
 *     1 h
 */
@ConfigurationProperties("millrace.time-limit")
public record TimeLimits(
    @DefaultValue("1h") Duration common,
    @DefaultValue Map<String, String> types,
    @DefaultValue("10s") Duration grace) {

  public TimeLimits {
    types = Map.copyOf(types);
    require("millrace.time-limit.common", common);
    types.forEach(
        (type, limit) -> require("millrace.time-limit.types." + type, duration(type, limit)));
    Bounds.require("millrace.time-limit.grace", grace, Duration.ofMillis(10), Duration.ofHours(1));
  }

  /** How long a handler of {@code type} may run. */
  Duration of(JobType type) {
    String own = types.get(type.name());
    return own == null ? common : duration(type.name(), own);
  }

  private static Duration duration(String type, String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "millrace.time-limit.types.%s is '%s': write a time such as 500ms, 30s or 2h"
              .formatted(type, text),
          e);
    }
  }

  private static void require(String key, Duration limit) {
    Bounds.require(key, limit, Duration.ofMillis(10), Duration.ofDays(7));
  }
}
