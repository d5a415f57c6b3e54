package io.millrace.core.schedule;

import java.time.ZoneId;

/**
 * Something that runs by itself, at times that a clock shows.
 *
 * @param id words of a-z and 0-9, joined by '-'; at most 60 characters
 * @param cron five fields: minute, hour, day of the month, month, day of the week; or six, with
 *     seconds before them
 * @param zone of that clock
 */
public record Schedule(
    String id, String cron, ZoneId zone, ScheduledWork work, SchedulePolicy policy) {}
