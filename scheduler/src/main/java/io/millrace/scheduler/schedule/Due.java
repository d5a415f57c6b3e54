package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduleStatus;
import java.time.Instant;
import java.util.List;

/** What is to be done next about a schedule. */
sealed interface Due {

  /** How many missed times are caught up on, the latest ones. */
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
    boolean catchesUp = policy.missed() == Missed.ALL;
    int most = catchesUp ? MOST : 1;
    List<Instant> due = timetable.latest(status.doneUntil(), now, most + 1);
    if (due.isEmpty()) {
      return new Nothing();
    }
    if (due.size() > most) {
      return new Skip(
          due.getFirst(),
          catchesUp
              ? "missed, and more than %d came after it".formatted(MOST)
              : "missed, and a later one came due");
    }
    Instant nominal = due.getFirst();
    boolean isLate = nominal.plus(policy.missedAfter()).isBefore(now);
    if (isLate && policy.missed() == Missed.NONE) {
      return new Skip(nominal, "missed: it is due no longer");
    }
    if (!isActive || policy.overlap() == Overlap.START) {
      return new Run(nominal);
    }
    return policy.overlap() == Overlap.WAIT || isLate && catchesUp
        ? new Wait(nominal)
        : new Skip(nominal, "what was started before has not ended");
  }
}
