package io.millrace.worker.limit;

import java.time.Duration;

/** The monotonic clock of a test, which passes only when the test says so. */
final class TestTime {

  private long nanos;

  long nanos() {
    return nanos;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }
}
