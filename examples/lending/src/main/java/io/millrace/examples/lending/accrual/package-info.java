/**
 * The night of a lender: a loan book in PostgreSQL, and the batch that accrues its interest day by
 * day.
 */
@NullMarked
package io.millrace.examples.lending.accrual;

import org.jspecify.annotations.NullMarked;
