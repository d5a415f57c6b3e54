package io.millrace.examples.lending.amortization;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a loan was agreed on. Due dates are counted in calendar months from the first, at the end of
 * the month where the day does not exist; no dates move for holidays.
 *
 * @param principal the amount lent, in whole minor units of the currency; above 0, at most 10^12
 * @param currency its ISO 4217 code; how many decimals amounts have follows from it
 * @param annualRate the nominal rate a year as a fraction, 0.05 for 5 %; 0 to 1, at most 12
 *     decimals
 * @param dayCount how interest counts days
 * @param disbursedOn from when on interest runs; 1900 to 2199
 * @param firstDueOn when the first instalment is due, after {@code disbursedOn} by a period of any
 *     length; 1900 to 2199
 * @param frequency how often an instalment is due from then on
 * @param instalments how many instalments there are, those without principal included; 1 to 1200
 * @param interestOnly how many of them, at the start, pay interest alone; one less than all makes a
 *     loan that is repaid at its end; 0 if absent
 * @param repayment how the principal comes back in the others
 * @param schedule how much the result holds; {@code FULL} if absent
 */
public record LoanTerms(
    BigDecimal principal,
    Currency currency,
    BigDecimal annualRate,
    DayCount dayCount,
    LocalDate disbursedOn,
    LocalDate firstDueOn,
    Frequency frequency,
    int instalments,
    Integer interestOnly,
    Repayment repayment,
    ScheduleDetail schedule) {

  private static final BigDecimal MAX_PRINCIPAL = BigDecimal.valueOf(1_000_000_000_000L);
  private static final int MAX_DIGITS = 40;
  private static final int MAX_RATE_DECIMALS = 12;
  private static final int MAX_INSTALMENTS = 1200;

  /**
   * Takes terms that hold together.
   *
   * @throws IllegalArgumentException if they do not; the message names the field, its bounds and
   *     what it holds
   */
  public LoanTerms {
    interestOnly = Objects.requireNonNullElse(interestOnly, 0);
    schedule = Objects.requireNonNullElse(schedule, ScheduleDetail.FULL);
    given("repayment", repayment);
    given("frequency", frequency);
    given("dayCount", dayCount);
    currency = given("currency", currency);
    require(
        currency.getDefaultFractionDigits() >= 0,
        "currency must have a minor unit, but is %s",
        currency);
    principal = principal(given("principal", principal), currency);
    annualRate = rate(given("annualRate", annualRate));
    inRange("disbursedOn", given("disbursedOn", disbursedOn));
    inRange("firstDueOn", given("firstDueOn", firstDueOn));
    require(
        firstDueOn.isAfter(disbursedOn),
        "firstDueOn must be after disbursedOn, %s, but is %s",
        disbursedOn,
        firstDueOn);
    require(
        instalments >= 1 && instalments <= MAX_INSTALMENTS,
        "instalments must be 1 to %s, but is %s",
        MAX_INSTALMENTS,
        instalments);
    require(
        interestOnly >= 0 && interestOnly < instalments,
        "interestOnly must be 0 to %s, one less than instalments, but is %s",
        instalments - 1,
        interestOnly);
  }

  /** When an instalment is due; the first has the number 1. */
  public LocalDate dueOn(int number) {
    return firstDueOn.plusMonths((number - 1L) * frequency.months());
  }

  /** How many decimals the amounts of this loan have. */
  public int decimals() {
    return currency.getDefaultFractionDigits();
  }

  private static BigDecimal principal(BigDecimal value, Currency currency) {
    int decimals = currency.getDefaultFractionDigits();
    require(value.precision() <= MAX_DIGITS, "principal has more than %s digits", MAX_DIGITS);
    require(
        value.signum() > 0 && value.compareTo(MAX_PRINCIPAL) <= 0,
        "principal must be above 0 and at most %s, but is %s",
        MAX_PRINCIPAL,
        value);
    require(
        value.stripTrailingZeros().scale() <= decimals,
        "principal in %s has at most %s decimals, but is %s",
        currency,
        decimals,
        value);
    return value.setScale(decimals, RoundingMode.UNNECESSARY);
  }

  private static BigDecimal rate(BigDecimal value) {
    require(value.precision() <= MAX_DIGITS, "annualRate has more than %s digits", MAX_DIGITS);
    require(
        value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0,
        "annualRate must be 0 to 1 (0.05 is 5 %%), but is %s",
        value);
    BigDecimal plain = value.stripTrailingZeros();
    require(
        plain.scale() <= MAX_RATE_DECIMALS,
        "annualRate has at most %s decimals, but is %s",
        MAX_RATE_DECIMALS,
        value);
    return plain;
  }

  private static void inRange(String field, LocalDate date) {
    require(
        date.getYear() >= 1900 && date.getYear() < 2200,
        "%s must lie in 1900 to 2199, but is %s",
        field,
        date);
  }

  private static <T> T given(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
