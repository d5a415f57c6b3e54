/**
 * The real servers of the tests: one broker and one database for a whole build, shared; and private
 * ones to kill.
 */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
