package io.millrace.examples.lending.amortization;

/** How the principal comes back. */
public enum Repayment {
  /** Every payment is the same; the part of it that is principal grows. */
  ANNUITY,
  /** The same part of the principal each time; the payment falls with the interest. */
  EQUAL_PRINCIPAL
}
