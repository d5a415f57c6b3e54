package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobType;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.JdbcBatchRunStore;
import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.FiringState;
import io.millrace.core.schedule.JdbcScheduleStore;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduledWork;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** On a real database, with a clock that is moved. */
class FiringsIT {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant EVENING = Instant.parse("2026-11-21T20:00:00Z");
  private static final Instant FIRST_NIGHT = Instant.parse("2026-11-22T01:00:00Z");
  private static final ScheduledWork ACCRUAL =
      new ScheduledWork.Batch("accrual", Map.of("date", "yesterday"));

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.fresh();

  private final DataSource source = DATABASE.dataSource();
  private final JdbcClient jdbc = JdbcClient.create(source);
  private final JdbcScheduleStore store = new JdbcScheduleStore(jdbc);
  private final JdbcBatchRunStore runs = new JdbcBatchRunStore(jdbc);
  private final TransactionOperations transaction =
      new TransactionTemplate(new JdbcTransactionManager(source));
  private final List<ScheduleEvent> events = Collections.synchronizedList(new ArrayList<>());
  private volatile Instant now = EVENING;
  private final Firings firings = firings(transaction);

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(DATABASE.dataSource()).load().migrate();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("TRUNCATE schedule, batch_run, batch_job, job CASCADE").update();
  }

  @Test
  void requestsARunForTheTimeThatWasDueAndOnlyOnce() {
    haveAccrual();
    schedule(ACCRUAL, Missed.LATEST, Overlap.SKIP);
    assertThat(firings.seeTo("nightly", null).decided()).as("in the evening").isEmpty();

    now = FIRST_NIGHT.plusSeconds(3);
    Firing firing = only(firings.seeTo("nightly", null));
    Firings.Seen again = firings.seeTo("nightly", null);

    assertThat(firing.nominalAt()).isEqualTo(FIRST_NIGHT);
    assertThat(firing.state()).isEqualTo(FiringState.STARTED);
    assertThat(again.decided()).isEmpty();
    BatchRun run = onlyRun();
    assertThat(run.id()).isEqualTo(firing.outcome().runId());
    assertThat(run.parameters()).containsExactly(Map.entry("date", "2026-11-21"));
    assertThat(run.requestedBy()).isEqualTo("schedule:nightly");
    assertThat(store.find("nightly").orElseThrow().nextAt())
        .isEqualTo(FIRST_NIGHT.plus(Duration.ofDays(1)));
    assertThat(events).containsExactly(new ScheduleEvent.Fired(firing));
  }

  @Test
  void startsEachTimeOnceHoweverManyAsk() throws Exception {
    schedule(message(), Missed.ALL, Overlap.START);
    now = FIRST_NIGHT.plus(Duration.ofDays(4)).plusSeconds(1);

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Firings.Seen>> asks =
          IntStream.range(0, 16)
              .mapToObj(
                  i -> (Callable<Firings.Seen>) () -> firings.seeTo("nightly", new UUID(0, i)))
              .toList();
      threads.invokeAll(asks).forEach(each -> assertThat(each.isDone()).isTrue());
    }

    assertThat(store.firings("nightly", 100))
        .extracting(Firing::nominalAt)
        .containsExactly(day(4), day(3), day(2), day(1), day(0));
    assertThat(jobs()).isEqualTo(5);
  }

  @Test
  void leavesNoTraceOfWhatIsNotCommitted() {
    schedule(message(), Missed.LATEST, Overlap.SKIP);
    now = FIRST_NIGHT.plusSeconds(1);
    Firings dying = firings(new DyingTransaction(transaction));

    assertThatThrownBy(() -> dying.seeTo("nightly", null)).hasMessage("killed before the commit");
    assertThat(jobs()).isZero();

    assertThat(only(firings.seeTo("nightly", null)).nominalAt()).isEqualTo(FIRST_NIGHT);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void catchesUpOnMissedNightsWithTheirOwnDates() {
    haveAccrual();
    schedule(ACCRUAL, Missed.ALL, Overlap.START);
    now = FIRST_NIGHT.plus(Duration.ofDays(2)).plus(Duration.ofHours(9));

    List<Firing> decided = firings.seeTo("nightly", null).decided();

    assertThat(decided).extracting(Firing::nominalAt).containsExactly(day(0), day(1), day(2));
    assertThat(runs.latest(Optional.empty(), 10))
        .extracting(run -> run.parameters().get("date"))
        .containsExactlyInAnyOrder("2026-11-21", "2026-11-22", "2026-11-23");
  }

  @Test
  void recordsWhatWasLeftOut() {
    haveAccrual();
    schedule(ACCRUAL, Missed.NONE, Overlap.SKIP);
    now = FIRST_NIGHT.plus(Duration.ofDays(2)).plus(Duration.ofHours(9));

    List<Firing> decided = firings.seeTo("nightly", null).decided();

    assertThat(decided).extracting(Firing::state).containsOnly(FiringState.SKIPPED);
    assertThat(decided).extracting(Firing::nominalAt).containsExactly(day(2));
    assertThat(runs.latest(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void waitsForTheRunBeforeAndStartsWhenThatHasEnded() {
    haveAccrual();
    schedule(ACCRUAL, Missed.LATEST, Overlap.WAIT);
    now = FIRST_NIGHT.plusSeconds(1);
    Firing first = only(firings.seeTo("nightly", null));
    now = day(1).plusSeconds(1);

    Firings.Seen held = firings.seeTo("nightly", null);
    firings.seeTo("nightly", null);
    complete();
    Firing second = only(firings.seeTo("nightly", null));

    assertThat(held.decided()).isEmpty();
    assertThat(held.held()).contains(String.valueOf(first.outcome().runId()));
    assertThat(events).filteredOn(ScheduleEvent.Held.class::isInstance).hasSize(1);
    assertThat(second.nominalAt()).isEqualTo(day(1));
  }

  @Test
  void tellsThatARunIsThereAlready() {
    haveAccrual();
    schedule(ACCRUAL, Missed.LATEST, Overlap.SKIP);
    runs.request(
        "accrual", Map.of("date", "2026-11-21"), day(0).atZone(BERLIN).toLocalDate(), "ada");
    now = FIRST_NIGHT.plusSeconds(1);

    Firing firing = only(firings.seeTo("nightly", null));

    assertThat(firing.state()).isEqualTo(FiringState.TAKEN);
    assertThat(firing.outcome().runId()).isEqualTo(onlyRun().id());
    assertThat(firing.outcome().message()).contains("REQUESTED");
  }

  @Test
  void refusesParametersThatTheJobHasNotAndHoldsAJobThatNobodyHasYet() {
    schedule(
        new ScheduledWork.Batch("accrual", Map.of("day", "today")), Missed.LATEST, Overlap.SKIP);
    now = FIRST_NIGHT.plusSeconds(1);

    Firings.Seen unknown = firings.seeTo("nightly", null);
    assertThat(unknown.decided()).isEmpty();
    assertThat(unknown.held()).contains("no scheduler has");

    haveAccrual();
    Firing refused = only(firings.seeTo("nightly", null));
    assertThat(refused.state()).isEqualTo(FiringState.REFUSED);
    assertThat(refused.outcome().message()).contains("'day'");
  }

  @Test
  void isTriggeredByHandBesideItsTimes() {
    haveAccrual();
    schedule(ACCRUAL, Missed.LATEST, Overlap.SKIP);
    UUID carrier = new UUID(3, 3);

    Firing byDashboard = firings.trigger(carrier, "nightly", now, "the dashboard").orElseThrow();
    Firing byApi = store.trigger("nightly", "ada", now.plusSeconds(1)).orElseThrow();
    List<Firing> seen = firings.seeToTriggers(10);

    assertThat(byDashboard.state()).isEqualTo(FiringState.STARTED);
    assertThat(onlyRun().parameters()).containsExactly(Map.entry("date", "2026-11-20"));
    assertThat(onlyRun().requestedBy()).isEqualTo("schedule:nightly, the dashboard");
    assertThat(firings.trigger(carrier, "nightly", now, "the dashboard"))
        .as("the same again")
        .isEmpty();
    assertThat(firings.carriedBy(carrier)).containsExactly(byDashboard);
    assertThat(seen).extracting(Firing::id).containsExactly(byApi.id());
    assertThat(seen.getFirst().state()).as("of the same date").isEqualTo(FiringState.TAKEN);
    assertThat(firings.seeToTriggers(10)).isEmpty();
    assertThat(firings.trigger(new UUID(4, 4), "other", now, "the dashboard")).isEmpty();
    assertThat(store.find("nightly").orElseThrow().nextAt()).isEqualTo(FIRST_NIGHT);
  }

  private Firings firings(TransactionOperations within) {
    return new Firings(store, runs, within, () -> now, events::add);
  }

  private void schedule(ScheduledWork work, Missed missed, Overlap overlap) {
    Schedule schedule =
        new Schedule(
            "nightly",
            "0 2 * * *",
            BERLIN,
            work,
            new SchedulePolicy(missed, Duration.ofMinutes(5), overlap));
    store.put(schedule, now, Timetable.of(schedule).next(now));
  }

  private static ScheduledWork message() {
    return new ScheduledWork.Message("acme", new JobType("http.call"), "{}");
  }

  private static Firing only(Firings.Seen seen) {
    assertThat(seen.decided()).hasSize(1);
    return seen.decided().getFirst();
  }

  private BatchRun onlyRun() {
    List<BatchRun> all = runs.latest(Optional.empty(), 10);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static Instant day(int day) {
    return FIRST_NIGHT.plus(Duration.ofDays(day));
  }

  private long jobs() {
    return jdbc.sql("SELECT count(*) FROM job").query(Long.class).single();
  }

  private void haveAccrual() {
    BatchJobs.accrual(jdbc);
  }

  private void complete() {
    jdbc.sql("UPDATE batch_run SET state = 'COMPLETED', ended_at = now()").update();
  }

  /** Does all, and then does not commit. */
  private record DyingTransaction(TransactionOperations transaction)
      implements TransactionOperations {

    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
      return transaction.execute(
          status -> {
            action.doInTransaction(status);
            throw new IllegalStateException("killed before the commit");
          });
    }
  }
}
