package io.millrace.core.dependency;

import java.time.Duration;

/**
 * How a dependency is, at the moment of the reading. Everything is a time from or to that moment,
 * by the database's clock, so that it can be carried over to anybody's monotonic clock.
 *
 * @param circuit whether it is called
 * @param since how long the circuit has been so; not negative
 * @param untilRetry while open, how long until a probe is due; while half open, until the probe is
 *     taken for lost; zero if that is past, or the circuit is closed
 * @param rest how long nothing is called because it asked for that; zero if it has not
 */
public record DependencyState(Circuit circuit, Duration since, Duration untilRetry, Duration rest) {

  /** Of one that has been well for long. */
  public static final DependencyState WELL =
      new DependencyState(Circuit.CLOSED, Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
}
