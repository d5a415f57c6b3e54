package io.millrace.worker.http;

import io.millrace.core.Bounds;
import io.millrace.core.address.Permits;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Calls to systems of others over HTTP.
 *
 * @param connectTimeout how long to wait for a connection; 10 ms to 1 min
 * @param timeLimit how long a whole call may take; 10 ms to 1 h
 * @param maxResponse how much of an answer's body is read, decompressed; 1 KB to 256 MB
 * @param connectionsPerHost how many at a time at most; 1 to 100,000
 * @param idleTimeout how long a connection is kept for the next call; 1 s to 10 min
 * @param redirects how many are followed; 0 to 5
 * @param allow what may be called although it is private, in the forms of {@link Permits}
 */
@ConfigurationProperties("millrace.http")
public record HttpProperties(
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeLimit,
    @DefaultValue("4MB") DataSize maxResponse,
    @DefaultValue("10000") int connectionsPerHost,
    @DefaultValue("30s") Duration idleTimeout,
    @DefaultValue("0") int redirects,
    @DefaultValue Set<String> allow) {

  public HttpProperties {
    allow = Set.copyOf(allow);
    Bounds.require(
        "millrace.http.connect-timeout",
        connectTimeout,
        Duration.ofMillis(10),
        Duration.ofMinutes(1));
    Bounds.require(
        "millrace.http.time-limit", timeLimit, Duration.ofMillis(10), Duration.ofHours(1));
    Bounds.require(
        "millrace.http.max-response",
        maxResponse,
        DataSize.ofKilobytes(1),
        DataSize.ofMegabytes(256));
    Bounds.require("millrace.http.connections-per-host", connectionsPerHost, 1, 100_000);
    Bounds.require(
        "millrace.http.idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
    Bounds.require("millrace.http.redirects", redirects, 0, CallLimits.MAX_REDIRECTS);
    try {
      Permits.of(allow);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("millrace.http.allow: " + e.getMessage(), e);
    }
  }

  Permits permits() {
    return Permits.of(allow);
  }

  CallLimits limits() {
    return new CallLimits(timeLimit, Math.toIntExact(maxResponse.toBytes()), redirects);
  }
}
