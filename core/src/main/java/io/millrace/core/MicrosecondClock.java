package io.millrace.core;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Ticks in microseconds, as PostgreSQL keeps time, so that what is written is what is read back.
 */
record MicrosecondClock(InstantSource source) implements InstantSource {

  @Override
  public Instant instant() {
    return source.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
