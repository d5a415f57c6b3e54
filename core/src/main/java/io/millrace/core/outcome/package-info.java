/** What is said about jobs that have ended and messages that were refused, and to whom. */
@NullMarked
package io.millrace.core.outcome;

import org.jspecify.annotations.NullMarked;
