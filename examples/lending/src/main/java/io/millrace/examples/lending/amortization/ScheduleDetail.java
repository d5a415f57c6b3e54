package io.millrace.examples.lending.amortization;

/** How much of a schedule the result holds. */
public enum ScheduleDetail {
  /** Totals and every instalment, about 110 bytes of JSON each. */
  FULL,
  /** Totals alone, for large books. */
  TOTALS
}
