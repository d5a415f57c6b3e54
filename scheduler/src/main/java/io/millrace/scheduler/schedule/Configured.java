package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.FiringStore;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.ScheduleStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/** Brings the schedules that everybody sees in step with the configuration of this process. */
final class Configured {

  private final List<Schedule> schedules;
  private final FiringStore store;
  private final RecurringJobs recurring;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  Configured(
      List<Schedule> schedules,
      FiringStore store,
      RecurringJobs recurring,
      TransactionOperations transaction,
      InstantSource clock) {
    this.schedules = List.copyOf(schedules);
    this.store = store;
    this.recurring = recurring;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Adds, changes and removes. One that is new, or whose times are others now, begins now: what
   * came due before that is not missed. Schedulers that begin at once wait for each other.
   */
  ScheduleEvent.Configured apply() {
    return transaction.execute(
        _ -> {
          store.lockConfiguration();
          ScheduleEvent.Configured changes = keep(clock.instant());
          recurring.keep(schedules);
          return changes;
        });
  }

  private ScheduleEvent.Configured keep(Instant now) {
    Map<String, ScheduleStatus> before =
        store.all().stream()
            .collect(Collectors.toMap(status -> status.schedule().id(), Function.identity()));
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Schedule schedule : schedules) {
      ScheduleStatus known = before.remove(schedule.id());
      if (known == null) {
        added.add(schedule.id());
      } else if (!known.schedule().equals(schedule)) {
        changed.add(schedule.id());
      }
      put(schedule, now);
    }
    store.remove(before.keySet());
    return new ScheduleEvent.Configured(added, changed, List.copyOf(before.keySet()));
  }

  /** Even one that has not changed: the rules of its time zone may have. */
  private void put(Schedule schedule, Instant now) {
    Instant doneUntil =
        store
            .lock(schedule.id())
            .filter(known -> hasSameTimes(known.schedule(), schedule))
            .map(ScheduleStatus::doneUntil)
            .orElse(now);
    store.put(schedule, doneUntil, Timetable.of(schedule).next(doneUntil));
  }

  private static boolean hasSameTimes(Schedule one, Schedule other) {
    return one.cron().equals(other.cron()) && one.zone().equals(other.zone());
  }
}
