package io.millrace.scheduler.schedule;

import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.Firing.Outcome;
import io.millrace.core.schedule.FiringStore;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.ScheduleStatus;
import io.millrace.core.schedule.ScheduledWork;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sees to the times of schedules and to triggers, each once, whoever asks and however often: what
 * is started and that it was are one transaction. Safe for use by many threads and processes.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer; what was not committed is done by the next call
 * @throws org.springframework.transaction.TransactionException likewise
 */
final class Firings {

  private final FiringStore store;
  private final BatchRunStore runs;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final ScheduleListener events;

  /** Why the time of a schedule is held, as it was told. */
  private final Map<String, String> held = new ConcurrentHashMap<>();

  Firings(
      FiringStore store,
      BatchRunStore runs,
      TransactionOperations transaction,
      InstantSource clock,
      ScheduleListener events) {
    this.store = store;
    this.runs = runs;
    this.transaction = transaction;
    this.clock = clock;
    this.events = events;
  }

  /**
   * What was done about a schedule.
   *
   * @param decided what was seen to, in the order of time
   * @param held why a time that has come is not seen to yet; null if there is none
   */
  record Seen(List<Firing> decided, @Nullable String held) {}

  /**
   * Sees to the times of a schedule that have come.
   *
   * @param carrier the job of JobRunr that shows them; null for one of their own, with their id
   */
  Seen seeTo(String schedule, @Nullable UUID carrier) {
    List<Firing> decided = new ArrayList<>();
    while (true) {
      Step step = transaction.execute(_ -> step(schedule, carrier));
      if (step instanceof Step.Decided(Firing firing)) {
        held.remove(schedule);
        decided.add(firing);
        events.on(new ScheduleEvent.Fired(firing));
        continue;
      }
      return new Seen(decided, step instanceof Step.Held(String why) ? told(schedule, why) : null);
    }
  }

  /** One transaction's worth. */
  private sealed interface Step {
    record Nothing() implements Step {}

    record Decided(Firing firing) implements Step {}

    record Held(String why) implements Step {}
  }

  private Step step(String id, @Nullable UUID carrier) {
    ScheduleStatus status = store.lock(id).orElse(null);
    if (status == null) {
      return new Step.Nothing();
    }
    Timetable timetable = Timetable.of(status.schedule());
    Instant now = clock.instant();
    Optional<UUID> active = store.active(id);
    return switch (Due.next(status, timetable, now, active.isPresent())) {
      case Due.Nothing _ -> new Step.Nothing();
      case Due.Wait _ -> new Step.Held("it waits for the end of " + active.orElseThrow());
      case Due.Skip(Instant until, String why) ->
          decided(Firing.due(id, until, Outcome.skipped(why), now), timetable, carrier);
      case Due.Run(Instant nominal) -> {
        Outcome outcome = start(status.schedule(), nominal, nominal.toString(), null);
        yield outcome == null
            ? new Step.Held(unknown(status.schedule()))
            : decided(Firing.due(id, nominal, outcome, now), timetable, carrier);
      }
    };
  }

  private Step decided(Firing firing, Timetable timetable, @Nullable UUID carrier) {
    store.record(firing, carrier == null ? firing.id() : carrier);
    store.advance(firing.schedule(), firing.nominalAt(), timetable.next(firing.nominalAt()));
    return new Step.Decided(firing);
  }

  private String told(String schedule, String why) {
    if (!why.equals(held.put(schedule, why))) {
      events.on(new ScheduleEvent.Held(schedule, why));
    }
    return why;
  }

  /**
   * Sees to a trigger by JobRunr's dashboard.
   *
   * @param carrier the job of JobRunr that it made
   * @param at when it made that
   * @return what became of it; empty if there is no such schedule any more
   */
  Optional<Firing> trigger(UUID carrier, String schedule, Instant at, String by) {
    Firing requested = Firing.byHand(carrier, schedule, at, by);
    Optional<Firing> decided =
        transaction.execute(
            _ -> {
              ScheduleStatus status = store.lock(schedule).orElse(null);
              if (status == null || !store.record(requested, carrier)) {
                return Optional.empty();
              }
              Firing decision = decision(requested, status.schedule());
              store.decide(decision);
              return Optional.of(decision);
            });
    decided.ifPresent(firing -> events.on(new ScheduleEvent.Fired(firing)));
    return decided;
  }

  /**
   * Sees to triggers that other processes have requested.
   *
   * @param most how many at most
   */
  List<Firing> seeToTriggers(int most) {
    List<Firing> decided =
        transaction.execute(
            _ -> {
              List<Firing> decisions = new ArrayList<>();
              for (Firing requested : store.lockRequested(most)) {
                Schedule schedule = store.lock(requested.schedule()).orElseThrow().schedule();
                Firing decision = decision(requested, schedule);
                store.decide(decision);
                decisions.add(decision);
              }
              return decisions;
            });
    decided.forEach(firing -> events.on(new ScheduleEvent.Fired(firing)));
    return decided;
  }

  private Firing decision(Firing requested, Schedule schedule) {
    Outcome outcome =
        start(schedule, requested.nominalAt(), requested.id().toString(), requested.requestedBy());
    return requested.decided(
        outcome == null ? Outcome.refused(unknown(schedule)) : outcome, clock.instant());
  }

  /**
   * Starts what a schedule runs.
   *
   * @param key of a job's message id
   * @param requestedBy who has triggered it; null if its time has come
   * @return null if no scheduler has such a batch job, or not yet
   */
  private @Nullable Outcome start(
      Schedule schedule, Instant nominal, String key, @Nullable String requestedBy) {
    String by = "schedule:" + schedule.id();
    return switch (schedule.work()) {
      case ScheduledWork.Batch batch -> {
        LocalDate today = nominal.atZone(schedule.zone()).toLocalDate();
        String whom = requestedBy == null ? by : "%s, %s".formatted(by, requestedBy);
        yield outcome(runs.request(batch.job(), batch.parameters(), today, whom));
      }
      case ScheduledWork.Message message ->
          Outcome.job(store.enqueue(message, "%s:%s".formatted(by, key)).value());
    };
  }

  private static @Nullable Outcome outcome(BatchRequest request) {
    return switch (request) {
      case BatchRequest.Accepted(var run) -> Outcome.run(run.id());
      case BatchRequest.Taken(var run) ->
          Outcome.taken(
              run.id(),
              "run %s of the same parameters is there already: %s"
                  .formatted(run.id(), run.state()));
      case BatchRequest.WrongParameters(String why) -> Outcome.refused(why);
      case BatchRequest.UnknownJob _ -> null;
    };
  }

  private static String unknown(Schedule schedule) {
    return "no scheduler has what it runs: " + schedule.work().description();
  }

  /** What a job of JobRunr has to show already. */
  List<Firing> carriedBy(UUID carrier) {
    return store.carriedBy(carrier);
  }
}
