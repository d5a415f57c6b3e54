package io.millrace.scheduler.dispatch;

import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long the results of jobs are kept; their rows stay. The same for all schedulers of one
 * database.
 *
 * @param keep how long after a job's end; 1 s to 3,650 days, or 0 for ever
 * @param types the same for single job types, where it differs; as text, since only then may a name
 *     have dots without brackets around it
 */
@ConfigurationProperties("millrace.results")
public record ResultProperties(
    @DefaultValue("90d") Duration keep, @DefaultValue Map<String, String> types) {

  public ResultProperties {
    types = Map.copyOf(types);
    require("millrace.results.keep", keep);
    types.forEach((type, own) -> require("millrace.results.types." + type, duration(type, own)));
  }

  /** How long to keep the results of a type that stands in {@link #types}. */
  Duration ofType(String type) {
    return duration(type, types.getOrDefault(type, ""));
  }

  private static Duration duration(String type, String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "millrace.results.types.%s is '%s': write a time such as 12h or 90d, or 0 for ever"
              .formatted(type, text),
          e);
    }
  }

  private static void require(String key, Duration keep) {
    if (!keep.isZero()) {
      Bounds.require(key, keep, Duration.ofSeconds(1), Duration.ofDays(3_650));
    }
  }
}
