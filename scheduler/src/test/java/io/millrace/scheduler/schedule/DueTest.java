package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduleStatus;
import io.millrace.core.schedule.ScheduledWork;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schedule that is due at each full hour. */
class DueTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  @Test
  void hasNothingToDoBetweenItsTimes() {
    assertThat(next(Missed.ALL, Overlap.SKIP, NOON, NOON.plusSeconds(3_599), false))
        .isEqualTo(new Due.Nothing());
  }

  @Test
  void runsWhatHasJustComeDueWhateverThePolicy() {
    for (Missed missed : Missed.values()) {
      for (Overlap overlap : Overlap.values()) {
        assertThat(next(missed, overlap, NOON, hours(1), false)).isEqualTo(new Due.Run(hours(1)));
        assertThat(next(missed, overlap, NOON, hours(1).plus(TOLERANCE), false))
            .isEqualTo(new Due.Run(hours(1)));
      }
    }
  }

  @Test
  void leavesOutAllButTheLatest() {
    Instant now = hours(5).plusSeconds(1_800);

    assertThat(next(Missed.LATEST, Overlap.SKIP, NOON, now, false))
        .isInstanceOfSatisfying(
            Due.Skip.class, skip -> assertThat(skip.until()).isEqualTo(hours(4)));
    assertThat(next(Missed.LATEST, Overlap.SKIP, hours(4), now, false))
        .isEqualTo(new Due.Run(hours(5)));
  }

  @Test
  void leavesOutTheLatestTooIfItIsLate() {
    Instant late = hours(5).plus(TOLERANCE).plusMillis(1);

    assertThat(next(Missed.NONE, Overlap.START, NOON, late, false))
        .isInstanceOfSatisfying(
            Due.Skip.class, skip -> assertThat(skip.until()).isEqualTo(hours(5)));
    assertThat(next(Missed.NONE, Overlap.START, hours(5), late, false))
        .isEqualTo(new Due.Nothing());
  }

  @Test
  void leavesOutNothingThatIsNotLate() {
    Instant now = hours(5);
    Duration tolerance = Duration.ofMinutes(90);

    for (Missed missed : List.of(Missed.NONE, Missed.LATEST)) {
      SchedulePolicy policy = new SchedulePolicy(missed, tolerance, Overlap.START);
      assertThat(next(policy, NOON, now, false))
          .isInstanceOfSatisfying(
              Due.Skip.class, skip -> assertThat(skip.until()).isEqualTo(hours(3)));
      assertThat(next(policy, hours(3), now, false)).isEqualTo(new Due.Run(hours(4)));
      assertThat(next(policy, hours(4), now, false)).isEqualTo(new Due.Run(hours(5)));
    }
  }

  @Test
  void catchesUpOnEachOfTheLatestHundred() {
    Instant now = hours(250).plusSeconds(1);

    assertThat(next(Missed.ALL, Overlap.START, NOON, now, false))
        .isInstanceOfSatisfying(
            Due.Skip.class, skip -> assertThat(skip.until()).isEqualTo(hours(150)));
    assertThat(next(Missed.ALL, Overlap.START, hours(150), now, true))
        .isEqualTo(new Due.Run(hours(151)));
    assertThat(next(Missed.ALL, Overlap.START, hours(249), now, true))
        .isEqualTo(new Due.Run(hours(250)));
  }

  @Test
  void treatsAnOverlapAsThePolicyHasIt() {
    Instant now = hours(1).plusSeconds(1);

    assertThat(next(Missed.LATEST, Overlap.START, NOON, now, true))
        .isEqualTo(new Due.Run(hours(1)));
    assertThat(next(Missed.LATEST, Overlap.WAIT, NOON, now, true))
        .isEqualTo(new Due.Wait(hours(1)));
    assertThat(next(Missed.LATEST, Overlap.SKIP, NOON, now, true))
        .isInstanceOfSatisfying(
            Due.Skip.class, skip -> assertThat(skip.until()).isEqualTo(hours(1)));
  }

  @Test
  void waitsRatherThanLeavesOutWhatIsCaughtUpOn() {
    Instant now = hours(3).plusSeconds(1);

    assertThat(next(Missed.ALL, Overlap.SKIP, hours(1), now, true))
        .isEqualTo(new Due.Wait(hours(2)));
    assertThat(next(Missed.ALL, Overlap.SKIP, hours(2), now, true))
        .as("on time")
        .isInstanceOf(Due.Skip.class);
  }

  private static Instant hours(int hours) {
    return NOON.plus(Duration.ofHours(hours));
  }

  private static Due next(
      Missed missed, Overlap overlap, Instant doneUntil, Instant now, boolean isActive) {
    return next(new SchedulePolicy(missed, TOLERANCE, overlap), doneUntil, now, isActive);
  }

  private static Due next(SchedulePolicy policy, Instant doneUntil, Instant now, boolean isActive) {
    Schedule schedule =
        new Schedule(
            "hourly",
            "0 * * * *",
            ZoneOffset.UTC,
            new ScheduledWork.Batch("accrual", Map.of()),
            policy);
    Timetable timetable = Timetable.of(schedule);
    ScheduleStatus status =
        new ScheduleStatus(schedule, doneUntil, timetable.next(doneUntil), null);
    return Due.next(status, timetable, now, isActive);
  }
}
