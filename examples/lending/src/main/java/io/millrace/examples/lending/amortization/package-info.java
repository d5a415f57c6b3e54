/** Repayment schedules of loans: the job {@code loan.amortize}, its terms, its result. */
@NullMarked
package io.millrace.examples.lending.amortization;

import org.jspecify.annotations.NullMarked;
