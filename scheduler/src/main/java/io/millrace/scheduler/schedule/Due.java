package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduleStatus;
import java.time.Instant;
import java.util.List;

/** What is to be done next about a schedule. */
sealed interface Due {

  /** How many times run that have come since somebody was there last, the latest ones. */
  int MOST = 100;

  /** Nothing, until its next time. */
  record Nothing() implements Due {}

  /**
   * Times are left out.
   *
   * @param until the last of them
   * @param why for people
   */
  record Skip(Instant until, String why) implements Due {}

  /** A time runs. */
  record Run(Instant nominal) implements Due {}

  /** A time has come, and waits for the end of what runs. */
  record Wait(Instant nominal) implements Due {}

  /**
   * Decides, by what the schedule's policy says about missed times and overlaps. Pure. To be asked
   * again after what it says was done, until it is nothing or to wait.
   *
   * @param isActive whether what the schedule started before has not ended
   */
  static Due next(ScheduleStatus status, Timetable timetable, Instant now, boolean isActive) {
    SchedulePolicy policy = status.schedule().policy();
    List<Instant> due = timetable.latest(status.doneUntil(), now, MOST + 1);
    if (due.isEmpty()) {
      return new Nothing();
    }
    if (due.size() > MOST) {
      return new Skip(due.getFirst(), "more than %d came due after it".formatted(MOST));
    }
    Instant lateBefore = now.minus(policy.missedAfter());
    List<Instant> late = due.stream().filter(time -> time.isBefore(lateBefore)).toList();
    int missed = missed(policy.missed(), late.size(), due.size());
    if (missed > 0) {
      return new Skip(late.get(missed - 1), "missed");
    }
    Instant nominal = due.getFirst();
    if (!isActive || policy.overlap() == Overlap.START) {
      return new Run(nominal);
    }
    return policy.overlap() == Overlap.WAIT || !late.isEmpty() && policy.missed() == Missed.ALL
        ? new Wait(nominal)
        : new Skip(nominal, "what was started before has not ended");
  }

  /** How many of those that are late do not run. */
  private static int missed(Missed policy, int late, int due) {
    return switch (policy) {
      case NONE -> late;
      case LATEST -> late == due ? late - 1 : late;
      case ALL -> 0;
    };
  }
}
