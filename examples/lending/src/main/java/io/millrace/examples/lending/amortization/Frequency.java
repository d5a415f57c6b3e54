package io.millrace.examples.lending.amortization;

/** How often an instalment is due. */
public enum Frequency {
  MONTHLY(1),
  QUARTERLY(3),
  HALF_YEARLY(6),
  YEARLY(12);

  private final int months;

  Frequency(int months) {
    this.months = months;
  }

  /** The calendar months from one due date to the next. */
  public int months() {
    return months;
  }
}
