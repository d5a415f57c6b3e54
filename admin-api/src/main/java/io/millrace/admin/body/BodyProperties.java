package io.millrace.admin.body;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of a body is taken.
 *
 * @param maxSize the largest body; 1 KB to 64 MB
 * @param maxDepth how deeply its JSON may be nested; 8 to 500
 * @param maxText the longest text in it; 1 KB to 64 MB
 * @param timeLimit how long it may take to arrive; 100 ms to 5 min
 */
@ConfigurationProperties(BodyProperties.PREFIX)
record BodyProperties(
    @DefaultValue("2MB") DataSize maxSize,
    @DefaultValue("64") int maxDepth,
    @DefaultValue("1MB") DataSize maxText,
    @DefaultValue("20s") Duration timeLimit) {

  static final String PREFIX = "millrace.api.body";

  BodyProperties {
    Bounds.require(
        PREFIX + ".max-size", maxSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
    Bounds.require(PREFIX + ".max-depth", maxDepth, 8, 500);
    Bounds.require(
        PREFIX + ".max-text", maxText, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
    Bounds.require(
        PREFIX + ".time-limit", timeLimit, Duration.ofMillis(100), Duration.ofMinutes(5));
  }
}
