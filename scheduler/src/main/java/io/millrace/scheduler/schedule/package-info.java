/** Schedules: when they are due, and what becomes of each time, exactly once. */
@NullMarked
package io.millrace.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
