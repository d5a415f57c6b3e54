package io.millrace.worker.dependency;

import io.millrace.core.Bounds;
import io.millrace.core.limit.RateLimit;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a dependency is treated.
 *
 * @param calls how many calls one worker makes at a time; 1 to 100,000
 * @param waiting how many jobs wait in one worker for a call, before others are parked; 1 to 10,000
 * @param limits how often it is called, by all workers together: {@code 50/s}, {@code 1000/min};
 *     all of them hold
 * @param circuit when it is taken for down
 * @param http how it is called over HTTP
 * @param openToMessages whether a message may name it, as one of type {@code http.call} does, and
 *     so send it any request, with the headers that are configured
 */
public record DependencySettings(
    @DefaultValue("1000") int calls,
    @DefaultValue("500") int waiting,
    @DefaultValue List<RateLimit> limits,
    @DefaultValue CircuitSettings circuit,
    @DefaultValue HttpSettings http,
    @DefaultValue("false") boolean openToMessages) {

  static final DependencySettings DEFAULT =
      new DependencySettings(
          1_000, 500, List.of(), CircuitSettings.DEFAULT, HttpSettings.DEFAULT, false);

  public DependencySettings {
    limits = List.copyOf(limits);
    Bounds.require("millrace.dependencies.*.calls", calls, 1, 100_000);
    Bounds.require("millrace.dependencies.*.waiting", waiting, 1, 10_000);
  }

  /**
   * When a dependency is taken for down, and for how long.
   *
   * @param window how many of a worker's last calls are looked at; 1 to 10,000
   * @param least how many there must be, before anything is judged by them; 1 to 10,000
   * @param failureRate how many of a hundred must have failed; 1 to 100
   * @param slowRate how many of a hundred must have been slow; 1 to 100
   * @param slowAfter from when on a call is slow; 10 ms to 1 h
   * @param openFor how long until the first probe; 100 ms to 1 h. Twice as long after each probe
   *     that fails
   * @param openForAtMost but no longer than this; 100 ms to 1 day
   */
  public record CircuitSettings(
      @DefaultValue("50") int window,
      @DefaultValue("20") int least,
      @DefaultValue("50") int failureRate,
      @DefaultValue("100") int slowRate,
      @DefaultValue("10s") Duration slowAfter,
      @DefaultValue("2s") Duration openFor,
      @DefaultValue("1m") Duration openForAtMost) {

    static final CircuitSettings DEFAULT =
        new CircuitSettings(
            50, 20, 50, 100, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMinutes(1));

    private static final String KEY = "millrace.dependencies.*.circuit.";

    public CircuitSettings {
      Bounds.require(KEY + "window", window, 1, 10_000);
      Bounds.require(KEY + "least", least, 1, 10_000);
      Bounds.require(KEY + "failure-rate", failureRate, 1, 100);
      Bounds.require(KEY + "slow-rate", slowRate, 1, 100);
      Bounds.require(KEY + "slow-after", slowAfter, Duration.ofMillis(10), Duration.ofHours(1));
      Bounds.require(KEY + "open-for", openFor, Duration.ofMillis(100), Duration.ofHours(1));
      Bounds.require(
          KEY + "open-for-at-most", openForAtMost, Duration.ofMillis(100), Duration.ofDays(1));
    }
  }
}
