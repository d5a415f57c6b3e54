package io.millrace.examples.lending.accrual;

import io.millrace.examples.lending.book.Loan;

/**
 * A loan that is to be put into the book.
 *
 * @param number its id there
 */
record NumberedLoan(int number, Loan loan) {}
