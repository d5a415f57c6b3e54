package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DailyInterestTest {

  /** Worked by hand: 250,000 at 3.89 % bear 9,725 a year, of which a day has its part. */
  @ParameterizedTest
  @CsvSource({
    "ACT_360, 2026-04-15, 1, 27.0138888889",
    "ACT_365F, 2026-04-15, 1, 26.6438356164",
    "ACT_365F, 2024-02-29, 1, 26.6438356164",
    "ACT_ACT_ISDA, 2026-04-15, 366, 26.6438356164",
    "ACT_ACT_ISDA, 2024-02-29, 365, 26.5710382514",
    "ACT_ACT_ISDA, 2023-12-31, 366, 26.6438356164",
    "ACT_ACT_ISDA, 2024-12-31, 365, 26.5710382514",
    "THIRTY_360, 2026-04-30, 1, 27.0138888889",
    "THIRTY_360, 2026-01-30, 0, 0.0000000000",
    "THIRTY_360, 2026-01-31, 1, 27.0138888889",
    "THIRTY_360, 2026-02-28, 3, 81.0416666667",
    "THIRTY_360, 2024-02-28, 1, 27.0138888889",
    "THIRTY_360, 2024-02-29, 2, 54.0277777778"
  })
  void isTheDaysPartOfAYear(DayCount dayCount, LocalDate date, long parts, BigDecimal interest) {
    ActiveLoan loan = loan("250000.00", "0.0389", dayCount);

    Accrual accrual = new DailyInterest(date).of(loan);

    assertThat(accrual).isEqualTo(new Accrual(loan, parts, interest));
  }

  /**
   * The example of 5 CFR 1315.17(a), the formulas of the Prompt Payment rule of the United States:
   * 1,500 dollars at 6.5 % for ten days of a year of 360 are 2.71.
   */
  @Test
  void addsUpToThePublishedExampleOfSimpleInterest() {
    ActiveLoan loan = loan("1500.00", "0.065", DayCount.ACT_360);

    BigDecimal interest = interest(loan, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 11));

    assertThat(interest.setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo("2.71");
  }

  @ParameterizedTest
  @CsvSource({"2023-01-01", "2024-01-01", "2026-01-01"})
  void hasThirtyDaysInEachMonthByThe30360Method(LocalDate newYear) {
    ActiveLoan loan = loan("360000.00", "0.01", DayCount.THIRTY_360);

    for (int month = 0; month < 12; month++) {
      LocalDate first = newYear.plusMonths(month);

      assertThat(interest(loan, first, first.plusMonths(1)))
          .as("%s", first)
          .isEqualByComparingTo("300");
    }
  }

  @Test
  void comesToTheRateInAYearOfAnyLengthByActAct() {
    ActiveLoan loan = loan("36600.00", "0.0365", DayCount.ACT_ACT_ISDA);

    assertThat(interest(loan, LocalDate.of(2023, 1, 1), LocalDate.of(2024, 1, 1)))
        .isEqualByComparingTo("1335.9");
    assertThat(interest(loan, LocalDate.of(2024, 1, 1), LocalDate.of(2025, 1, 1)))
        .isEqualByComparingTo("1335.9");
  }

  @Test
  void comesToMoreThanTheRateInALeapYearByFixedYears() {
    LocalDate newYear = LocalDate.of(2024, 1, 1);

    assertThat(interest(loan("36500.00", "0.01", DayCount.ACT_365F), newYear, newYear.plusYears(1)))
        .isEqualByComparingTo("366");
    assertThat(interest(loan("36000.00", "0.01", DayCount.ACT_360), newYear, newYear.plusYears(1)))
        .isEqualByComparingTo("366");
  }

  @Test
  void roundsWhatIsHalfWayUp() {
    LocalDate day = LocalDate.of(2026, 4, 15);

    assertThat(new DailyInterest(day).of(loan("0.36", "0.00000005", DayCount.ACT_360)).interest())
        .isEqualTo("0.0000000001");
    assertThat(new DailyInterest(day).of(loan("0.36", "0.000000049", DayCount.ACT_360)).interest())
        .isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @EnumSource
  void isNothingAtARateOfZero(DayCount dayCount) {
    Accrual accrual =
        new DailyInterest(LocalDate.of(2026, 2, 28)).of(loan("1000000000000", "0", dayCount));

    assertThat(accrual.interest()).isZero();
  }

  private static BigDecimal interest(ActiveLoan loan, LocalDate from, LocalDate to) {
    return from.datesUntil(to)
        .map(date -> new DailyInterest(date).of(loan).interest())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static ActiveLoan loan(String principal, String rate, DayCount dayCount) {
    return new ActiveLoan(1, "EUR", new BigDecimal(principal), new BigDecimal(rate), dayCount);
  }
}
