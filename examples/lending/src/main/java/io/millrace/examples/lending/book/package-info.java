/** A made-up book of loans, the same for the same seed, and the control total it must come to. */
@NullMarked
package io.millrace.examples.lending.book;

import org.jspecify.annotations.NullMarked;
