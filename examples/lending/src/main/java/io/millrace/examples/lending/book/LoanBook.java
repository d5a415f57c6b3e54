package io.millrace.examples.lending.book;

import io.millrace.examples.lending.amortization.DayCount;
import io.millrace.examples.lending.amortization.LoanTerms;
import io.millrace.examples.lending.amortization.ScheduleDetail;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes up a book of loans: consumer and car loans, mortgages, bridge loans that pay interest
 * alone, quarterly business loans in equal parts, in five currencies. A loan depends on the seed
 * and its number alone, on every machine and JDK, so that a larger book begins with the smaller
 * one.
 */
public final class LoanBook {

  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 1096;

  /** Longer schedules would be more than 20 KB of JSON. */
  private static final int LONGEST_FULL_SCHEDULE = 180;

  /** Amounts in yen are this many times those in other currencies. */
  private static final int YEN = 150;

  private LoanBook() {}

  /**
   * The first loans of the book of a seed, numbered from 1; a parallel stream works too.
   *
   * @param seed 0 or more
   * @param count 0 or more
   */
  public static Stream<Loan> generate(long seed, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> loan(seed, number));
  }

  /**
   * One loan of the book.
   *
   * @param seed 0 or more
   * @param number 1 or more
   */
  public static Loan loan(long seed, int number) {
    if (seed < 0 || number < 1) {
      throw new IllegalArgumentException(
          "a loan has a seed from 0 and a number from 1, not %s and %s".formatted(seed, number));
    }
    SplitMix64 random = new SplitMix64(new SplitMix64(seed).next() ^ new SplitMix64(number).next());
    return new Loan(String.format(Locale.ROOT, "loan-%d-%06d", seed, number), terms(random));
  }

  private static LoanTerms terms(SplitMix64 random) {
    Product product = Product.pick(random);
    Currency currency =
        Currency.getInstance(random.oneOf("EUR", "EUR", "EUR", "USD", "USD", "GBP", "CHF", "JPY"));
    LocalDate disbursedOn = FIRST_DAY.plusDays(random.below(DAYS));
    int instalments = product.instalments(random);
    return new LoanTerms(
        principal(product, currency, random),
        currency,
        BigDecimal.valueOf(product.basisPoints(random), 4),
        dayCount(currency, random),
        disbursedOn,
        firstDueOn(product, disbursedOn, random),
        product.frequency(),
        instalments,
        product.interestOnly(instalments, random),
        product.repayment(),
        instalments <= LONGEST_FULL_SCHEDULE ? ScheduleDetail.FULL : ScheduleDetail.TOTALS);
  }

  /** Consumer loans pay for a purchase and so have cents. */
  private static BigDecimal principal(Product product, Currency currency, SplitMix64 random) {
    int units = product.principal(random);
    if (currency.getDefaultFractionDigits() == 0) {
      return BigDecimal.valueOf((long) units * YEN);
    }
    int cents = product == Product.CONSUMER ? random.below(100) : 0;
    return BigDecimal.valueOf(units * 100L + cents, 2);
  }

  /** What is customary for loans in the currency. */
  private static DayCount dayCount(Currency currency, SplitMix64 random) {
    return switch (currency.getCurrencyCode()) {
      case "EUR" -> random.oneOf(DayCount.THIRTY_360, DayCount.ACT_360, DayCount.ACT_ACT_ISDA);
      case "USD", "CHF" -> random.oneOf(DayCount.THIRTY_360, DayCount.ACT_360);
      default -> DayCount.ACT_365F;
    };
  }

  /** One period later, or, for some, on the first of that month, which makes a short period. */
  private static LocalDate firstDueOn(Product product, LocalDate disbursedOn, SplitMix64 random) {
    int months = product.frequency().months();
    return random.percent(70)
        ? disbursedOn.plusMonths(months)
        : disbursedOn.plusMonths(months).withDayOfMonth(1);
  }
}
