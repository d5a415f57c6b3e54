package io.millrace.examples.lending.cashflow;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Money that moves on one day.
 *
 * @param date the day; 1900 to 2199
 * @param amount negative for what is paid out, positive for what comes in; at most 10^12 either way
 */
public record CashFlow(LocalDate date, BigDecimal amount) {

  private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000_000_000L);

  /**
   * Takes a cash flow within the bounds.
   *
   * @throws IllegalArgumentException if it is not; the message names the field and its bounds
   */
  public CashFlow {
    given("date", date);
    given("amount", amount);
    if (date.getYear() < 1900 || date.getYear() >= 2200) {
      throw new IllegalArgumentException("date must lie in 1900 to 2199, but is " + date);
    }
    if (amount.abs().compareTo(MAX_AMOUNT) > 0) {
      throw new IllegalArgumentException(
          "amount must be at most %s either way, but is %s".formatted(MAX_AMOUNT, amount));
    }
  }

  private static void given(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }
}
