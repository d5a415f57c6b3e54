package io.millrace.examples.lending.accrual;

import java.math.BigDecimal;

/**
 * A day's interest of a loan.
 *
 * @param parts of the year of its day count that the day makes; 0 on the 30th of a month with 31
 *     days by 30/360
 * @param interest with {@link DailyInterest#DECIMALS} decimals
 */
record Accrual(ActiveLoan loan, long parts, BigDecimal interest) {}
