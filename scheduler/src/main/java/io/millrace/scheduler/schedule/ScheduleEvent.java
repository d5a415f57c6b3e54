package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Firing;
import java.time.Duration;
import java.util.List;

/** Something that happened to schedules. Log, meters and tests listen to these. */
sealed interface ScheduleEvent {

  /** The schedules are as the configuration has them. */
  record Configured(List<String> added, List<String> changed, List<String> removed)
      implements ScheduleEvent {}

  /** A time of a schedule, or a trigger, was seen to. */
  record Fired(Firing firing) implements ScheduleEvent {}

  /** A time cannot run yet, and is tried again; told once until that changes. */
  record Held(String schedule, String reason) implements ScheduleEvent {}

  /** How late the time is that is most overdue; zero if none is. */
  record LatenessMeasured(Duration late) implements ScheduleEvent {}

  /** Nobody can see to schedules; told once until {@link WatchRecovered}. */
  record WatchFailed(String reason) implements ScheduleEvent {}

  /** Schedules are seen to again. */
  record WatchRecovered() implements ScheduleEvent {}
}
