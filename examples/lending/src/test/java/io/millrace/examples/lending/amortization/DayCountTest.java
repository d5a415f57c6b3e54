package io.millrace.examples.lending.amortization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.opengamma.strata.basics.date.DayCounts;
import io.millrace.examples.lending.SeededProperty;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayCountTest {

  /**
   * The examples of ISDA's memorandum "EMU and Market Conventions: Recent Developments" (1998) for
   * Actual/Actual (ISDA), with the decimals that QuantLib's test suite (daycounters.cpp) gives.
   */
  @ParameterizedTest
  @CsvSource({
    "2003-11-01, 2004-05-01, 0.497724380567",
    "1999-02-01, 1999-07-01, 0.410958904110",
    "1999-07-01, 2000-07-01, 1.001377348600",
    "2002-08-15, 2003-07-15, 0.915068493151",
    "2003-07-15, 2004-01-15, 0.504004790778",
    "1999-07-30, 2000-01-30, 0.503892506924",
    "2000-01-30, 2000-06-30, 0.415300546448",
    "1999-11-30, 2000-04-30, 0.415540085336"
  })
  void splitsActActByLeapYearsAsIsdaDoes(LocalDate start, LocalDate end, double expected) {
    double fraction = fraction(DayCount.ACT_ACT_ISDA, start, end);

    assertThat(fraction).isEqualTo(expected, within(1e-11));
  }

  /**
   * Days of the bond basis by the formula of section 4.16(f) of the 2006 ISDA Definitions, worked
   * by hand: the 31st becomes the 30th at the start, and at the end only after such a start.
   */
  @ParameterizedTest
  @CsvSource({
    "2007-01-15, 2007-01-30, 15",
    "2007-01-15, 2007-02-15, 30",
    "2007-09-30, 2008-03-31, 180",
    "2007-09-30, 2007-10-31, 30",
    "2007-01-15, 2007-01-31, 16",
    "2007-01-31, 2007-02-28, 28",
    "2007-02-28, 2007-03-31, 33"
  })
  void countsTheBondBasisInMonthsOfThirtyDays(LocalDate start, LocalDate end, long expected) {
    long days = DayCount.THIRTY_360.parts(start, end);

    assertThat(days).isEqualTo(expected);
  }

  @Test
  void agreesWithStrataOnEveryConvention() {
    SeededProperty.check(
        5_000,
        random -> {
          LocalDate start = LocalDate.of(1990, 1, 1).plusDays(random.nextInt(20_000));
          LocalDate end = start.plusDays(random.nextInt(4_000));

          assertThat(fraction(DayCount.THIRTY_360, start, end))
              .isEqualTo(DayCounts.THIRTY_360_ISDA.yearFraction(start, end), within(1e-12));
          assertThat(fraction(DayCount.ACT_360, start, end))
              .isEqualTo(DayCounts.ACT_360.yearFraction(start, end), within(1e-12));
          assertThat(fraction(DayCount.ACT_365F, start, end))
              .isEqualTo(DayCounts.ACT_365F.yearFraction(start, end), within(1e-12));
          assertThat(fraction(DayCount.ACT_ACT_ISDA, start, end))
              .isEqualTo(DayCounts.ACT_ACT_ISDA.yearFraction(start, end), within(1e-12));
        });
  }

  private static double fraction(DayCount convention, LocalDate start, LocalDate end) {
    return (double) convention.parts(start, end) / convention.partsOfYear();
  }
}
