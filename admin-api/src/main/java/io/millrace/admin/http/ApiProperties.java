package io.millrace.admin.http;

import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the server speaks HTTP.
 *
 * @param cors whose pages may call it from a browser
 * @param readTimeout how long to wait for the next bytes of a request; 100 ms to 5 min
 * @param concurrency how many requests are worked at, at a time; 1 to 10,000
 * @param compressFrom from which size on answers are compressed; 256 B to 64 MB
 */
@ConfigurationProperties(ApiProperties.PREFIX)
record ApiProperties(
    @DefaultValue Cors cors,
    @DefaultValue("10s") Duration readTimeout,
    @DefaultValue("100") int concurrency,
    @DefaultValue("2KB") DataSize compressFrom) {

  static final String PREFIX = "millrace.api";

  ApiProperties {
    Bounds.require(
        PREFIX + ".read-timeout", readTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
    Bounds.require(PREFIX + ".concurrency", concurrency, 1, 10_000);
    Bounds.require(
        PREFIX + ".compress-from", compressFrom, DataSize.ofBytes(256), DataSize.ofMegabytes(64));
  }

  /**
   * Whose pages may call the API.
   *
   * @param origins such as {@code https://ops.example.com}; nobody's but its own if there are none
   */
  record Cors(@DefaultValue List<String> origins) {

    Cors {
      origins = List.copyOf(origins);
      if (origins.stream().anyMatch(origin -> !origin.matches("https?://[^/*?#\\s]+"))) {
        throw new IllegalArgumentException(
            PREFIX
                + ".cors.origins must be origins such as https://ops.example.com, without a path and without *");
      }
    }
  }
}
