/**
 * The life of a job: its states, what may happen to it, and what follows. Pure: no clock, no
 * database, no broker.
 */
@NullMarked
package io.millrace.core.job;

import org.jspecify.annotations.NullMarked;
