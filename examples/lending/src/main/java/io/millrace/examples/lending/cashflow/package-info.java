/** The rate of return of irregular cash flows: the job {@code cashflow.xirr}. */
@NullMarked
package io.millrace.examples.lending.cashflow;

import org.jspecify.annotations.NullMarked;
