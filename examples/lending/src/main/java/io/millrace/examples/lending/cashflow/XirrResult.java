package io.millrace.examples.lending.cashflow;

import java.math.BigDecimal;
import java.util.List;

/**
 * The rate at which the cash flows are worth nothing today.
 *
 * @param rate the effective rate a year as a fraction, 0.05 for 5 %, with 10 decimals
 * @param iterations how many steps the search took
 * @param warnings what to know before relying on the rate; empty if there is nothing
 */
public record XirrResult(BigDecimal rate, int iterations, List<String> warnings) {

  public XirrResult {
    warnings = List.copyOf(warnings);
  }
}
