package io.millrace.examples.lending.amortization;

import io.millrace.handler.JobContext;
import io.millrace.handler.test.TestJob;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/** Terms that read like a sentence: {@code aLoan("200000", "USD").at("0.065").monthly(360)}. */
final class ALoan {

  private static final JobContext JOB = TestJob.of(new AmortizeLoan()).context();

  private final BigDecimal principal;
  private final Currency currency;
  private BigDecimal annualRate = BigDecimal.ZERO;
  private DayCount dayCount = DayCount.THIRTY_360;
  private LocalDate disbursedOn = LocalDate.of(2025, 1, 1);
  private LocalDate firstDueOn = LocalDate.of(2025, 2, 1);
  private Frequency frequency = Frequency.MONTHLY;
  private int instalments = 12;
  private int interestOnly = 0;
  private Repayment repayment = Repayment.ANNUITY;
  private ScheduleDetail schedule = ScheduleDetail.FULL;

  private ALoan(BigDecimal principal, Currency currency) {
    this.principal = principal;
    this.currency = currency;
  }

  static ALoan aLoan(String principal, String currency) {
    return new ALoan(new BigDecimal(principal), Currency.getInstance(currency));
  }

  ALoan at(String rate) {
    annualRate = new BigDecimal(rate);
    return this;
  }

  ALoan counting(DayCount convention) {
    dayCount = convention;
    return this;
  }

  ALoan monthly(int count) {
    return every(Frequency.MONTHLY, count);
  }

  ALoan yearly(int count) {
    return every(Frequency.YEARLY, count);
  }

  ALoan every(Frequency period, int count) {
    frequency = period;
    instalments = count;
    firstDueOn = disbursedOn.plusMonths(period.months());
    return this;
  }

  ALoan from(String disbursed, String firstDue) {
    disbursedOn = LocalDate.parse(disbursed);
    firstDueOn = LocalDate.parse(firstDue);
    return this;
  }

  ALoan interestOnly(int count) {
    interestOnly = count;
    return this;
  }

  ALoan inEqualParts() {
    repayment = Repayment.EQUAL_PRINCIPAL;
    return this;
  }

  ALoan totalsOnly() {
    schedule = ScheduleDetail.TOTALS;
    return this;
  }

  LoanTerms terms() {
    return new LoanTerms(
        principal,
        currency,
        annualRate,
        dayCount,
        disbursedOn,
        firstDueOn,
        frequency,
        instalments,
        interestOnly,
        repayment,
        schedule);
  }

  AmortizationSchedule amortized() {
    return new AmortizeLoan().calculate(terms(), JOB);
  }
}
