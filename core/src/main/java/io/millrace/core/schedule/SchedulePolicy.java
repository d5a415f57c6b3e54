package io.millrace.core.schedule;

import java.time.Duration;

/**
 * What becomes of times that cannot simply run.
 *
 * @param missedAfter by how much a time has to be overdue to be late
 */
public record SchedulePolicy(Missed missed, Duration missedAfter, Overlap overlap) {}
