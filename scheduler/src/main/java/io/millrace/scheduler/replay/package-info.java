/** Replays failed jobs, slice by slice, as operators have asked for. */
@NullMarked
package io.millrace.scheduler.replay;

import org.jspecify.annotations.NullMarked;
