package io.millrace.examples.lending.accrual;

import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;

/**
 * A loan that bears interest.
 *
 * @param currency its ISO 4217 code
 * @param principal owed, with the interest that was capitalised
 * @param annualRate as a fraction, 0.05 for 5 %
 */
record ActiveLoan(
    long id, String currency, BigDecimal principal, BigDecimal annualRate, DayCount dayCount) {}
