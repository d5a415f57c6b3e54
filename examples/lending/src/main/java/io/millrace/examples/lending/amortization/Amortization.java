package io.millrace.examples.lending.amortization;

import io.millrace.examples.lending.amortization.AmortizationSchedule.Instalment;
import io.millrace.examples.lending.amortization.AmortizationSchedule.Totals;
import io.millrace.handler.PermanentFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works one loan off, instalment by instalment, as a bank books it: every amount is rounded to the
 * minor unit when it arises, and what rounding leaves over is in the last instalment.
 *
 * <p>Rounding is commercial, half-way up, as article 5 of Council Regulation (EC) No 1103/97 has it
 * for sums of money in euro; here for all currencies.
 */
final class Amortization {

  private static final RoundingMode ROUNDING = RoundingMode.HALF_UP;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final LoanTerms terms;
  private final List<Period> periods;
  private final BigDecimal partsOfYear;

  /** The level payment of an annuity, or the equal part of the principal. */
  private final BigDecimal regular;

  private Amortization(LoanTerms terms) {
    this.terms = terms;
    this.periods = Period.of(terms);
    this.partsOfYear = BigDecimal.valueOf(terms.dayCount().partsOfYear());
    this.regular = regular();
  }

  /**
   * The schedule of a loan.
   *
   * @throws PermanentFailure if whole minor units cannot carry these terms
   */
  static AmortizationSchedule of(LoanTerms terms) {
    return new Amortization(terms).schedule();
  }

  private AmortizationSchedule schedule() {
    List<Instalment> instalments = new ArrayList<>(periods.size());
    BigDecimal balance = terms.principal();
    for (int number = 1; number <= periods.size(); number++) {
      Period period = periods.get(number - 1);
      BigDecimal interest = interest(balance, period);
      BigDecimal principal = principal(number, balance, interest);
      balance = balance.subtract(principal);
      instalments.add(
          new Instalment(
              number, period.dueOn(), interest.add(principal), interest, principal, balance));
    }
    return new AmortizationSchedule(
        terms.currency(),
        levelPayment(),
        periods.getLast().dueOn(),
        totals(instalments),
        terms.schedule() == ScheduleDetail.FULL ? instalments : List.of());
  }

  private BigDecimal regular() {
    int repaying = terms.instalments() - terms.interestOnly();
    return switch (terms.repayment()) {
      case ANNUITY ->
          LevelPayment.of(
              terms, periods.subList(terms.interestOnly(), terms.instalments()), ROUNDING);
      case EQUAL_PRINCIPAL ->
          terms.principal().divide(BigDecimal.valueOf(repaying), terms.decimals(), ROUNDING);
    };
  }

  private @Nullable BigDecimal levelPayment() {
    return terms.repayment() == Repayment.ANNUITY ? regular : null;
  }

  private BigDecimal interest(BigDecimal balance, Period period) {
    return balance
        .multiply(terms.annualRate())
        .multiply(BigDecimal.valueOf(period.parts()))
        .divide(partsOfYear, terms.decimals(), ROUNDING);
  }

  private BigDecimal principal(int number, BigDecimal balance, BigDecimal interest) {
    if (number == terms.instalments()) {
      checkLast(balance, interest);
      return balance;
    }
    if (number <= terms.interestOnly()) {
      return BigDecimal.ZERO.setScale(terms.decimals());
    }
    BigDecimal principal =
        switch (terms.repayment()) {
          case ANNUITY -> regular.subtract(interest);
          case EQUAL_PRINCIPAL -> regular;
        };
    if (principal.signum() < 0) {
      throw refusal(
          "instalment %s of %s does not cover its interest of %s. Choose fewer instalments, a lower"
              + " rate or an earlier first due date.",
          number, money(regular), money(interest));
    }
    if (principal.compareTo(balance) >= 0) {
      throw refusal(
          "instalment %s of %s already repays all, since %s is rounded to the minor unit. Choose a"
              + " larger principal or fewer instalments.",
          number, terms.instalments(), money(regular));
    }
    return principal;
  }

  private void checkLast(BigDecimal balance, BigDecimal interest) {
    BigDecimal last =
        switch (terms.repayment()) {
          case ANNUITY -> balance.add(interest);
          case EQUAL_PRINCIPAL -> balance;
        };
    if (last.compareTo(regular.multiply(TWO)) > 0) {
      throw refusal(
          "the last instalment would repay %s where the others have %s, since those are rounded to"
              + " the minor unit. Choose a larger principal or fewer instalments.",
          money(last), money(regular));
    }
  }

  private Totals totals(List<Instalment> instalments) {
    BigDecimal payments = BigDecimal.ZERO;
    BigDecimal interest = BigDecimal.ZERO;
    BigDecimal principal = BigDecimal.ZERO;
    for (Instalment instalment : instalments) {
      payments = payments.add(instalment.payment());
      interest = interest.add(instalment.interest());
      principal = principal.add(instalment.principal());
    }
    return new Totals(instalments.size(), payments, interest, principal);
  }

  private PermanentFailure refusal(String reason, Object... values) {
    return new PermanentFailure("The loan has no schedule: " + reason.formatted(values));
  }

  private String money(BigDecimal amount) {
    return terms.currency() + " " + amount.toPlainString();
  }
}
