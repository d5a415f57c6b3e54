/**
 * Real faults on real processes: the engine is broken on purpose, and the history of every job is
 * checked.
 */
@NullMarked
package io.millrace.chaos;

import org.jspecify.annotations.NullMarked;
