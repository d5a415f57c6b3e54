package io.millrace.examples.lending.accrual;

import static java.time.temporal.TemporalAdjusters.lastDayOfMonth;

import java.time.LocalDate;

/** The last day of a calendar month, whether banks work on it or not. */
final class MonthEnd {

  private MonthEnd() {}

  static boolean is(LocalDate date) {
    return date.equals(date.with(lastDayOfMonth()));
  }
}
