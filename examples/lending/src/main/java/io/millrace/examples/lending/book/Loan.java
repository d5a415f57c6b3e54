package io.millrace.examples.lending.book;

import io.millrace.examples.lending.amortization.LoanTerms;

/**
 * A loan of the book.
 *
 * @param id such as {@code loan-42-000123}; fit to be the id of its message
 * @param terms what was agreed on
 */
public record Loan(String id, LoanTerms terms) {

  /**
   * The payload of a {@code loan.amortize} job. No value in it can hold a character that JSON would
   * escape: they are numbers, dates, currency codes and the names of enum constants.
   */
  public String payload() {
    return """
    {"principal":"%s","currency":"%s","annualRate":"%s","dayCount":"%s",\
    "disbursedOn":"%s","firstDueOn":"%s","frequency":"%s","instalments":%s,\
    "interestOnly":%s,"repayment":"%s","schedule":"%s"}"""
        .formatted(
            terms.principal().toPlainString(),
            terms.currency(),
            terms.annualRate().toPlainString(),
            terms.dayCount().name(),
            terms.disbursedOn(),
            terms.firstDueOn(),
            terms.frequency().name(),
            Integer.toString(terms.instalments()),
            Integer.toString(terms.interestOnly()),
            terms.repayment().name(),
            terms.schedule().name());
  }
}
