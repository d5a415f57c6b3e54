package io.millrace.core.schedule;

import java.time.Duration;

/**
 * What becomes of times that cannot simply run.
 *
 * @param missedAfter from when on a time counts as missed
 */
public record SchedulePolicy(Missed missed, Duration missedAfter, Overlap overlap) {}
