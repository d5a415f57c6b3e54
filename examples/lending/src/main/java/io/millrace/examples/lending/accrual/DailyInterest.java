package io.millrace.examples.lending.accrual;

import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The interest of one day, from its beginning to that of the next: principal times rate times the
 * part of a year that lies between the two by the loan's {@link DayCount}. By 30/360 the 30th of a
 * month with 31 days bears nothing, and the last of February bears three days, or two, so that
 * every month has 30.
 *
 * <p>All is exact but the division by the year, which is rounded half up to {@value #DECIMALS}
 * decimals. Nothing is paid or owed before the end of the month; what is then is rounded half up to
 * the minor unit, as article 5 of Council Regulation (EC) No 1103/97 has it for amounts that are
 * accounted for. For those on the way there its article 4(4) asks for three decimals or more: with
 * ten, a year of roundings shifts no sum by more than 366 times half a unit of the last place,
 * 0.00000002. Immutable.
 */
final class DailyInterest {

  static final int DECIMALS = 10;

  private final Map<DayCount, Long> parts;

  DailyInterest(LocalDate date) {
    this.parts =
        Arrays.stream(DayCount.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), dayCount -> dayCount.parts(date, date.plusDays(1))));
  }

  Accrual of(ActiveLoan loan) {
    DayCount dayCount = loan.dayCount();
    long parts = Objects.requireNonNull(this.parts.get(dayCount));
    BigDecimal interest =
        loan.principal()
            .multiply(loan.annualRate())
            .multiply(BigDecimal.valueOf(parts))
            .divide(BigDecimal.valueOf(dayCount.partsOfYear()), DECIMALS, RoundingMode.HALF_UP);
    return new Accrual(loan, parts, interest);
  }
}
