package io.millrace.worker.dependency;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyState;

/**
 * How a dependency is, by this process's monotonic clock.
 *
 * @param circuit whether it is called
 * @param sinceNanos since when the circuit is so
 * @param retryAtNanos while open, when a probe is due; while half open, when the probe is lost
 * @param restUntilNanos before when nothing is called
 */
record CircuitView(Circuit circuit, long sinceNanos, long retryAtNanos, long restUntilNanos) {

  static CircuitView of(DependencyState state, long nowNanos) {
    return new CircuitView(
        state.circuit(),
        nowNanos - state.since().toNanos(),
        nowNanos + state.untilRetry().toNanos(),
        nowNanos + state.rest().toNanos());
  }

  boolean rests(long nowNanos) {
    return restUntilNanos - nowNanos > 0;
  }

  boolean mayRetry(long nowNanos) {
    return retryAtNanos - nowNanos <= 0;
  }
}
