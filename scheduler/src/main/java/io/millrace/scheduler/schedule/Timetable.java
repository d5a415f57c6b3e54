package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jobrunr.scheduling.cron.CronExpression;

/**
 * The times at which a schedule is due. Pure and immutable.
 *
 * <p>Where clocks change, what happens follows from the field of the hours. If it begins with
 * {@code *}, the schedule is due whenever the clock shows a time of it: twice if it shows that
 * twice, and never if it leaves that out. If it names hours, each time is once a day: one that the
 * clock shows twice is due at the first, and one that the clock leaves out is due at the moment of
 * the change; several of them are one.
 */
final class Timetable {

  /** As JobRunr has it: more often would be too much for its database. */
  private static final Duration CLOSEST = Duration.ofSeconds(5);

  private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(1);

  private final CronExpression cron;
  private final ZoneId zone;
  private final boolean namesHours;

  /**
   * @throws IllegalArgumentException that says what is wrong, if {@code cron} is no expression,
   *     never comes, or comes more often than every 5 s
   */
  Timetable(String cron, ZoneId zone) {
    try {
      this.cron = new CronExpression(cron);
    } catch (RuntimeException e) { // JobRunr has several kinds for this
      throw new IllegalArgumentException("'%s': %s".formatted(cron, e.getMessage()), e);
    }
    if (this.cron.isCarbonAware()) {
      throw new IllegalArgumentException("'%s': there are no margins here".formatted(cron));
    }
    if (this.cron.durationBetweenSchedules().compareTo(CLOSEST) < 0) {
      throw new IllegalArgumentException(
          "'%s': %d s apart is the closest".formatted(cron, CLOSEST.toSeconds()));
    }
    this.zone = zone;
    String[] fields = cron.strip().split("\\s+", -1);
    this.namesHours = !fields[fields.length - 4].startsWith("*");
  }

  static Timetable of(Schedule schedule) {
    return new Timetable(schedule.cron(), schedule.zone());
  }

  /** The first time after {@code instant}. */
  Instant next(Instant instant) {
    return namesHours ? nextOfEachDay(instant) : nextOnTheClock(instant);
  }

  /**
   * The latest times after {@code from} and up to {@code until}, the earliest first.
   *
   * @param most how many at most
   */
  List<Instant> latest(Instant from, Instant until, int most) {
    Duration lookBack = FIRST_LOOK_BACK;
    while (true) {
      Instant start = until.minus(lookBack);
      boolean all = !start.isAfter(from);
      List<Instant> times = between(all ? from : start, until);
      if (all || times.size() >= most) {
        return List.copyOf(times.subList(Math.max(0, times.size() - most), times.size()));
      }
      lookBack = lookBack.multipliedBy(2);
    }
  }

  private List<Instant> between(Instant from, Instant until) {
    List<Instant> times = new ArrayList<>();
    for (Instant time = next(from); !time.isAfter(until); time = next(time)) {
      times.add(time);
    }
    return times;
  }

  /** Times of the clock and the instants they stand for are in one order. */
  private Instant nextOfEachDay(Instant instant) {
    Instant local = shifted(instant, zone.getRules().getOffset(instant));
    while (true) {
      local = nextLocal(local);
      Instant due = instantOf(local);
      if (due.isAfter(instant)) {
        return due;
      }
    }
  }

  private Instant instantOf(Instant local) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change =
        rules.getTransition(local.atOffset(ZoneOffset.UTC).toLocalDateTime());
    if (change != null && change.isGap()) {
      return change.getInstant();
    }
    ZoneOffset offset =
        change == null
            ? rules.getOffset(local.atOffset(ZoneOffset.UTC).toLocalDateTime())
            : change.getOffsetBefore();
    return local.minusSeconds(offset.getTotalSeconds());
  }

  /** From one change of the clock to the next. */
  private Instant nextOnTheClock(Instant instant) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(instant);
    Instant since = instant;
    ZoneOffsetTransition change = rules.nextTransition(instant);
    while (true) {
      Instant due = nextLocal(shifted(since, offset)).minusSeconds(offset.getTotalSeconds());
      if (change == null || due.isBefore(change.getInstant())) {
        return due;
      }
      offset = change.getOffsetAfter();
      since = change.getInstant().minusSeconds(1); // so that the moment of the change is a time too
      change = rules.nextTransition(change.getInstant());
    }
  }

  /** The cron expression knows nothing of zones here: local times pass for times of UTC. */
  private Instant nextLocal(Instant local) {
    return cron.next(local, local, ZoneOffset.UTC);
  }

  private static Instant shifted(Instant instant, ZoneOffset offset) {
    return instant.plusSeconds(offset.getTotalSeconds());
  }
}
