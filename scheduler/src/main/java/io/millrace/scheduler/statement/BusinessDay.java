package io.millrace.scheduler.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A day in a zone: of 24 hours mostly, of 23 or 25 when clocks are changed.
 *
 * @param begins inclusively
 * @param ends exclusively
 */
record BusinessDay(LocalDate date, Instant begins, Instant ends) {

  static BusinessDay of(LocalDate date, ZoneId zone) {
    return new BusinessDay(
        date, date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** A part of the day, without its end. */
  record Stretch(Instant begins, Instant ends) {

    /** So many parts of the same length, one after the other, that leave nothing out. */
    List<Stretch> divided(int parts) {
      Duration whole = Duration.between(begins, ends);
      List<Stretch> stretches = new ArrayList<>(parts);
      Instant from = begins;
      for (int i = 1; i <= parts; i++) {
        Instant until = begins.plus(whole.multipliedBy(i).dividedBy(parts));
        stretches.add(new Stretch(from, until));
        from = until;
      }
      return stretches;
    }
  }

  /** All of it. */
  Stretch whole() {
    return new Stretch(begins, ends);
  }
}
