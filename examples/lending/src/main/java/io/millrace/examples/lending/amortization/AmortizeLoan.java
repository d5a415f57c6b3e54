package io.millrace.examples.lending.amortization;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;

/**
 * Computes the repayment schedule of a loan to the minor unit: the parts of principal sum up to the
 * principal, the payments to principal plus interest, and the last balance is zero.
 */
@Handles(value = "loan.amortize", schema = "loan.amortize.v1.schema.json")
public final class AmortizeLoan implements Calculation<LoanTerms, AmortizationSchedule> {

  @Override
  public AmortizationSchedule calculate(LoanTerms terms, JobContext job) {
    return Amortization.of(terms);
  }
}
