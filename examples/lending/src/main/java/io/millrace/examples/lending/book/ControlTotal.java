package io.millrace.examples.lending.book;

import io.millrace.examples.lending.amortization.LoanTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all instalments of a book must come to: the independent check of {@code loan.amortize}.
 *
 * <p>It is written a second time on purpose, and plainly: whole minor units, one loop over the
 * periods, day counts by hand, the level payment from discount factors. It shares no code with the
 * handler but the terms, and must agree with it to the last minor unit. Loans that the handler
 * refuses have no control total; what comes out for them means nothing.
 */
public final class ControlTotal {

  private static final int RATE_DECIMALS = 12;
  private static final MathContext PRECISE = new MathContext(50);

  private ControlTotal() {}

  /**
   * The sum of the instalments of all loans, whatever their currency: what auditors call a hash
   * total, good for comparing and nothing else.
   */
  public static BigDecimal of(Stream<Loan> loans) {
    return loans.map(loan -> of(loan.terms())).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The sum of the instalments of all loans of each currency. */
  public static SortedMap<String, BigDecimal> byCurrency(Stream<Loan> loans) {
    SortedMap<String, BigDecimal> totals = new TreeMap<>();
    loans
        .map(Loan::terms)
        .forEachOrdered(
            terms -> totals.merge(terms.currency().getCurrencyCode(), of(terms), BigDecimal::add));
    return totals;
  }

  /** The sum of the instalments of one loan. */
  public static BigDecimal of(LoanTerms terms) {
    BigInteger rate = terms.annualRate().movePointRight(RATE_DECIMALS).toBigIntegerExact();
    BigInteger year = BigInteger.TEN.pow(RATE_DECIMALS).multiply(BigInteger.valueOf(year(terms)));
    BigInteger regular = regular(terms);
    BigInteger balance = minorUnits(terms.principal(), terms);
    BigInteger paid = BigInteger.ZERO;
    for (int number = 1; number <= terms.instalments(); number++) {
      BigInteger days = BigInteger.valueOf(days(terms, number));
      BigInteger interest = divideHalfUp(balance.multiply(rate).multiply(days), year);
      BigInteger repaid = repaid(terms, number, balance, interest, regular);
      balance = balance.subtract(repaid);
      paid = paid.add(interest).add(repaid);
    }
    return new BigDecimal(paid, terms.decimals());
  }

  private static BigInteger repaid(
      LoanTerms terms, int number, BigInteger balance, BigInteger interest, BigInteger regular) {
    if (number == terms.instalments()) {
      return balance;
    }
    if (number <= terms.interestOnly()) {
      return BigInteger.ZERO;
    }
    return switch (terms.repayment()) {
      case ANNUITY -> regular.subtract(interest);
      case EQUAL_PRINCIPAL -> regular;
    };
  }

  private static BigInteger regular(LoanTerms terms) {
    BigDecimal year = BigDecimal.valueOf(year(terms));
    BigDecimal factor = BigDecimal.ONE;
    BigDecimal factors = BigDecimal.ZERO;
    for (int number = terms.interestOnly() + 1; number <= terms.instalments(); number++) {
      BigDecimal days = BigDecimal.valueOf(days(terms, number));
      BigDecimal growth = terms.annualRate().multiply(days).add(year);
      factor =
          switch (terms.repayment()) {
            case ANNUITY -> factor.multiply(year).divide(growth, PRECISE);
            case EQUAL_PRINCIPAL -> factor;
          };
      factors = factors.add(factor);
    }
    return minorUnits(
        terms.principal().divide(factors, terms.decimals(), RoundingMode.HALF_UP), terms);
  }

  private static BigInteger minorUnits(BigDecimal amount, LoanTerms terms) {
    return amount.movePointRight(terms.decimals()).toBigIntegerExact();
  }

  private static BigInteger divideHalfUp(BigInteger dividend, BigInteger divisor) {
    return dividend.shiftLeft(1).add(divisor).divide(divisor.shiftLeft(1));
  }

  private static int year(LoanTerms terms) {
    return switch (terms.dayCount()) {
      case THIRTY_360, ACT_360 -> 360;
      case ACT_365F -> 365;
      case ACT_ACT_ISDA -> 365 * 366;
    };
  }

  private static long days(LoanTerms terms, int number) {
    LocalDate start = number == 1 ? terms.disbursedOn() : terms.dueOn(number - 1);
    LocalDate end = terms.dueOn(number);
    return switch (terms.dayCount()) {
      case THIRTY_360 -> thirty360(start, end);
      case ACT_360, ACT_365F -> end.toEpochDay() - start.toEpochDay();
      case ACT_ACT_ISDA -> actAct(start, end);
    };
  }

  private static long thirty360(LocalDate start, LocalDate end) {
    int from = Math.min(start.getDayOfMonth(), 30);
    int to = from == 30 ? Math.min(end.getDayOfMonth(), 30) : end.getDayOfMonth();
    int months =
        (end.getYear() - start.getYear()) * 12 + end.getMonthValue() - start.getMonthValue();
    return months * 30L + to - from;
  }

  private static long actAct(LocalDate start, LocalDate end) {
    long weighed = 0;
    for (int year = start.getYear(); year <= end.getYear(); year++) {
      LocalDate newYear = LocalDate.of(year, 1, 1);
      long from = Math.max(start.toEpochDay(), newYear.toEpochDay());
      long to = Math.min(end.toEpochDay(), newYear.plusYears(1).toEpochDay());
      weighed += (to - from) * (newYear.isLeapYear() ? 365 : 366);
    }
    return weighed;
  }
}
