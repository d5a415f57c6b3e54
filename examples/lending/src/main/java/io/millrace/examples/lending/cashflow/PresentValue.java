package io.millrace.examples.lending.cashflow;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What cash flows are worth at a rate, as a function of the logarithm {@code x = ln(1 + rate)}:
 * {@code sum of a_i e^(-x t_i)}, with {@code t_i} the days since the first flow divided by 365, as
 * Microsoft documents for Excel's XIRR.
 *
 * <p>Only where it is zero matters, so for negative rates the value is taken at the last day, not
 * the first: the same zeros, and no exponential that overflows.
 */
final class PresentValue {

  private static final double DAYS_OF_YEAR = 365;

  private final double[] amounts;
  private final double[] years;

  private PresentValue(double[] amounts, double[] years) {
    this.amounts = amounts;
    this.years = years;
  }

  static PresentValue of(List<CashFlow> flows) {
    NavigableMap<LocalDate, BigDecimal> days = new TreeMap<>();
    flows.forEach(flow -> days.merge(flow.date(), flow.amount(), BigDecimal::add));
    LocalDate first = days.firstKey();
    return new PresentValue(
        days.values().stream().mapToDouble(BigDecimal::doubleValue).toArray(),
        days.keySet().stream()
            .mapToDouble(day -> ChronoUnit.DAYS.between(first, day) / DAYS_OF_YEAR)
            .toArray());
  }

  /** The value at a logarithm of the rate, and how it changes there. */
  Point at(double x) {
    double valued = x < 0 ? years[years.length - 1] : 0;
    double value = 0;
    double slope = 0;
    for (int i = 0; i < amounts.length; i++) {
      double time = years[i] - valued;
      double term = amounts[i] * StrictMath.exp(-x * time);
      value += term;
      slope -= time * term;
    }
    return new Point(value, slope);
  }

  int days() {
    return years.length;
  }

  /** How often the sign of the flows changes from day to day; days without one are passed over. */
  int signChanges() {
    int changes = 0;
    double last = 0;
    for (double amount : amounts) {
      if (amount * last < 0) {
        changes++;
      }
      last = amount == 0 ? last : Math.signum(amount);
    }
    return changes;
  }

  record Point(double value, double slope) {}
}
