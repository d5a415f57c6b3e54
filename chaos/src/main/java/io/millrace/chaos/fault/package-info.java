/** The faults of a run: which, when, and how they are done and undone. */
@NullMarked
package io.millrace.chaos.fault;

import org.jspecify.annotations.NullMarked;
