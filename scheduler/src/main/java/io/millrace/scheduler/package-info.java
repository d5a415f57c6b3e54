/** Process 2: schedules, batches, and the dispatcher of due jobs. */
@NullMarked
package io.millrace.scheduler;

import org.jspecify.annotations.NullMarked;
