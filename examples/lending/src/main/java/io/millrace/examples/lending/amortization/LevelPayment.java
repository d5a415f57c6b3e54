package io.millrace.examples.lending.amortization;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * The payment that repays a loan when it is the same in every period: principal divided by the sum
 * of the discount factors, {@code P / sum over k of product over j <= k of 1 / (1 + r t_j)}, with
 * simple interest inside each period. This is the equation of value of Kellison, The Theory of
 * Interest (amortization schedules). Where all periods are equally long, the sum is geometric and
 * the payment is the closed form {@code P i / (1 - (1 + i)^-n)} of Fabozzi, Bond Markets, Analysis
 * and Strategies (level-payment fixed-rate mortgages).
 *
 * <p>Both sides of the fraction are multiplied by all {@code 1 + r t_j} and by all denominators:
 * what the principal grows to, divided by what payments of 1 grow to. So there is one division, and
 * only whole numbers before it. They are exact until they grow beyond {@value #MAX_BITS} bits; then
 * all are cut to {@value #KEPT_BITS} bits, which no amount of money can show.
 */
final class LevelPayment {

  private static final int MAX_BITS = 512;
  private static final int KEPT_BITS = 256;

  private LevelPayment() {}

  static BigDecimal of(LoanTerms terms, List<Period> periods, RoundingMode rounding) {
    int rateDecimals = Math.max(terms.annualRate().scale(), 0);
    BigInteger rate = terms.annualRate().setScale(rateDecimals).unscaledValue();
    BigInteger year =
        BigInteger.TEN
            .pow(rateDecimals)
            .multiply(BigInteger.valueOf(terms.dayCount().partsOfYear()));
    BigInteger one = BigInteger.ONE;
    BigInteger principal = BigInteger.ONE;
    BigInteger payments = BigInteger.ZERO;
    for (Period period : periods) {
      BigInteger growth = year.add(rate.multiply(BigInteger.valueOf(period.parts())));
      one = one.multiply(year);
      principal = principal.multiply(growth);
      payments = payments.multiply(growth).add(one);
      int excess = principal.bitLength() > MAX_BITS ? principal.bitLength() - KEPT_BITS : 0;
      one = one.shiftRight(excess);
      principal = principal.shiftRight(excess);
      payments = payments.shiftRight(excess);
    }
    return terms
        .principal()
        .multiply(new BigDecimal(principal))
        .divide(new BigDecimal(payments), terms.decimals(), rounding);
  }
}
