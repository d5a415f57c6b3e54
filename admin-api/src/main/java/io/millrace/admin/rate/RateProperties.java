package io.millrace.admin.rate;

import io.millrace.core.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a client may ask this process.
 *
 * @param requests of one subject within the window; 0 for any number, up to 10,000,000
 * @param failures requests with the same bad token, or with none, that one address may send within
 *     the window; 0 for any number, up to 10,000,000
 * @param window 1 s to 1 h
 */
@ConfigurationProperties(RateProperties.PREFIX)
record RateProperties(
    @DefaultValue("12000") int requests,
    @DefaultValue("60") int failures,
    @DefaultValue("1m") Duration window) {

  static final String PREFIX = "millrace.api.rate-limit";

  private static final int MOST = 10_000_000;

  RateProperties {
    Bounds.require(PREFIX + ".requests", requests, 0, MOST);
    Bounds.require(PREFIX + ".failures", failures, 0, MOST);
    Bounds.require(PREFIX + ".window", window, Duration.ofSeconds(1), Duration.ofHours(1));
  }
}
