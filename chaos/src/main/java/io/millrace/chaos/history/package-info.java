/** What happened in a run, and what of it is wrong. */
@NullMarked
package io.millrace.chaos.history;

import org.jspecify.annotations.NullMarked;
