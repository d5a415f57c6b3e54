package io.millrace.standalone.demo;

import io.millrace.client.contract.JobId;
import io.millrace.examples.lending.book.Loan;
import io.millrace.examples.lending.book.LoanBook;
import java.util.stream.Stream;

/**
 * One run of the demo. Its message ids begin with its name, so that its jobs are new and can be
 * told from those of other runs.
 *
 * @param name such as {@code demo-20261122T231754-3f9a}
 * @param seed which book of loans
 * @param count how many of it
 */
record Run(String name, long seed, int count) {

  static final String TENANT = "demo";
  static final String TYPE = "loan.amortize";

  Stream<Loan> loans() {
    return LoanBook.generate(seed, count);
  }

  String messageId(Loan loan) {
    return prefix() + loan.id();
  }

  JobId jobId(Loan loan) {
    return JobId.of(TENANT, messageId(loan));
  }

  /** What the message ids of this run, and of no other, begin with. */
  String prefix() {
    return name + "/";
  }
}
