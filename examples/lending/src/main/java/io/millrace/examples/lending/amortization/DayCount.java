package io.millrace.examples.lending.amortization;

import static java.time.temporal.ChronoUnit.DAYS;

import com.opengamma.strata.basics.date.DayCounts;
import java.time.LocalDate;
import java.time.Year;
import java.util.function.Supplier;

/**
 * What part of a year lies between two dates, as an exact fraction: {@link #parts} out of {@link
 * #partsOfYear}. The conventions are those of section 4.16 of the 2006 ISDA Definitions.
 *
 * <p>Strata counts the days; its {@code yearFraction} is a {@code double} and is not used.
 */
public enum DayCount {
  /** 30/360, the bond basis: section 4.16(f). */
  THIRTY_360(() -> DayCounts.THIRTY_360_ISDA, 360),
  /** Actual/360: section 4.16(e). */
  ACT_360(() -> DayCounts.ACT_360, 360),
  /** Actual/365 (Fixed): section 4.16(d). */
  ACT_365F(() -> DayCounts.ACT_365F, 365),
  /**
   * Actual/Actual: section 4.16(b). Days in a leap year count 1/366 and all others 1/365; over the
   * common denominator that is 365 and 366 parts.
   */
  ACT_ACT_ISDA(() -> DayCounts.ACT_ACT_ISDA, 365 * 366) {
    @Override
    public long parts(LocalDate start, LocalDate end) {
      long parts = 0;
      LocalDate from = start;
      while (from.getYear() < end.getYear()) {
        LocalDate newYear = LocalDate.of(from.getYear() + 1, 1, 1);
        parts += DAYS.between(from, newYear) * partsOfDay(from.getYear());
        from = newYear;
      }
      return parts + DAYS.between(from, end) * partsOfDay(end.getYear());
    }

    private static int partsOfDay(int year) {
      return Year.isLeap(year) ? 365 : 366;
    }
  };

  private final com.opengamma.strata.basics.date.DayCount convention;
  private final int partsOfYear;

  DayCount(Supplier<com.opengamma.strata.basics.date.DayCount> convention, int partsOfYear) {
    this.convention = inPlugin(convention);
    this.partsOfYear = partsOfYear;
  }

  /** How many parts lie between the dates, the first included, the last not. */
  public long parts(LocalDate start, LocalDate end) {
    return convention.days(start, end);
  }

  /** How many parts make a year. */
  public int partsOfYear() {
    return partsOfYear;
  }

  /**
   * Strata finds its conventions by name through the thread's context class loader, and on a thread
   * of the engine that need not be the one of this plugin.
   */
  private static <T> T inPlugin(Supplier<T> lookup) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DayCount.class.getClassLoader());
    try {
      return lookup.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
