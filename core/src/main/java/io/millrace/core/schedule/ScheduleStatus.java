package io.millrace.core.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a schedule has come.
 *
 * @param doneUntil every time up to this one has been seen to
 * @param nextAt the first time after that; in the past if it is overdue or waits
 * @param last what became of its latest time or trigger; null if there was none
 */
public record ScheduleStatus(
    Schedule schedule, Instant doneUntil, Instant nextAt, @Nullable Firing last) {}
