package io.millrace.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.SlidingWindow;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class LimitStoreIT {

  private static final List<RateLimit> FIFTY = List.of(RateLimit.of("50/s"));

  /** What one process has: a connection of its own. */
  private record Process(LimitStore store, TransactionTemplate transaction) {

    LimitStore.Reservation reserve(SlotRequest... requests) {
      return Objects.requireNonNull(transaction.execute(_ -> store.reserve(List.of(requests))));
    }

    Portion reserve(String key, List<RateLimit> limits, int calls) {
      return reserve(new SlotRequest(key, limits, calls)).portion(key);
    }
  }

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.fresh();

  @AutoClose("destroy")
  private final SingleConnectionDataSource connection = connect();

  @AutoClose("destroy")
  private final SingleConnectionDataSource another = connect();

  private final JdbcClient jdbc = JdbcClient.create(connection);
  private final Process here = process(connection);
  private final Process elsewhere = process(another);

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(DATABASE.dataSource()).load().migrate();
  }

  @BeforeEach
  void forget() {
    jdbc.sql("TRUNCATE rate_limit").update();
  }

  @Test
  void reservesInTheTimeOfTheDatabase() {
    Instant before = databaseTime();
    LimitStore.Reservation reservation = here.reserve(new SlotRequest("partner", FIFTY, 3));
    Instant after = databaseTime();

    Instant now = reservation.clock().database();
    assertThat(now).isBetween(before, after);
    assertThat(reservation.clock().receivedNanos()).isGreaterThan(reservation.clock().sentNanos());
    List<Instant> slots = reservation.portion("partner").slots();
    assertThat(slots).hasSize(3).isSorted().first().isEqualTo(now);
    assertThat(slots.getLast()).isAfter(now.plusMillis(20));
  }

  @Test
  void givesNoSlotTwiceAndGoesOnWhereAnotherProcessWas() {
    Portion first = here.reserve("partner", FIFTY, 5);
    Portion second = elsewhere.reserve("partner", FIFTY, 5);
    Portion ofAnotherKey = elsewhere.reserve("other", FIFTY, 1);

    assertThat(second.slots().getFirst()).isAfterOrEqualTo(first.next());
    assertThat(ofAnotherKey.slots().getFirst()).isBefore(second.slots().getLast());
  }

  @Test
  void keepsEveryWindowOfAKey() {
    List<RateLimit> both = List.of(RateLimit.of("50/s"), RateLimit.of("2/min"));

    Portion first = here.reserve("partner", both, 5);
    Portion second = here.reserve("partner", both, 5);

    assertThat(first.slots()).hasSize(1);
    assertThat(second.slots()).isEmpty();
    assertThat(second.next()).isAfter(first.slots().getFirst().plusSeconds(31));
  }

  @Test
  void changesNothingIfTheTransactionIsRolledBack() {
    Instant now =
        here.transaction()
            .execute(
                status -> {
                  status.setRollbackOnly();
                  return here.store()
                      .reserve(List.of(new SlotRequest("partner", FIFTY, 10)))
                      .clock()
                      .database();
                });

    assertThat(elsewhere.reserve("partner", FIFTY, 1).slots().getFirst())
        .isBetween(now, databaseTime());
  }

  @Test
  void goesOnSensiblyWhenTheConfigurationChanges() {
    Portion before = here.reserve("partner", FIFTY, 5);

    Portion after = here.reserve("partner", List.of(RateLimit.of("4/s")), 5);
    Portion further = here.reserve("partner", List.of(RateLimit.of("4/s")), 5);

    assertThat(after.slots().getFirst()).isAfter(before.slots().getLast().plusMillis(250));
    assertThat(further.slots().getFirst()).isAfterOrEqualTo(after.next());
    assertThat(jdbc.sql("SELECT windows::text FROM rate_limit").query(String.class).single())
        .isEqualTo("{4/s}");
  }

  @Test
  void doesNotWaitForTheOldTimeWhenTheClockWasSetBack() {
    here.reserve("partner", FIFTY, 1);
    jdbc.sql("UPDATE rate_limit SET arrivals = ARRAY[now() + interval '1 hour']").update();

    Instant next = here.reserve("partner", FIFTY, 1).next();
    Portion later = elsewhere.reserve("partner", FIFTY, 1);

    assertThat(next).isBefore(databaseTime().plusMillis(1_100));
    assertThat(later.slots().isEmpty() ? later.next() : later.slots().getFirst())
        .as("what was found is kept")
        .isBetween(next, next.plusNanos(1_000));
  }

  @Test
  void forgetsWhatIsIdleAndNothingElse() {
    here.reserve("used", FIFTY, 5);
    here.reserve("idle", FIFTY, 5);
    jdbc.sql("UPDATE rate_limit SET arrivals = ARRAY[now() - interval '2 min'] WHERE key = 'idle'")
        .update();

    int forgotten = here.store().forgetIdle();

    assertThat(forgotten).isOne();
    assertThat(jdbc.sql("SELECT key FROM rate_limit ORDER BY key").query(String.class).list())
        .containsExactly("used");
  }

  @Test
  void holdsTheLimitBetweenTwoConnectionsThatReserveManyKeysAtOnceInAnyOrder() throws Exception {
    List<SlotRequest> requests =
        Stream.of("d", "a", "c", "b").map(key -> new SlotRequest(key, FIFTY, 4)).toList();
    List<Instant> slots = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<List<Instant>> one = threads.submit(reserving(here, requests));
      Future<List<Instant>> two = threads.submit(reserving(elsewhere, requests.reversed()));
      slots.addAll(one.get());
      slots.addAll(two.get());
    }

    Collections.sort(slots);

    assertThat(slots).hasSizeGreaterThan(10);
    long[] nanos =
        slots.stream()
            .mapToLong(slot -> Duration.between(slots.getFirst(), slot).toNanos())
            .toArray();
    assertThat(SlidingWindow.most(nanos, Duration.ofSeconds(1).toNanos())).isLessThanOrEqualTo(52);
    for (int i = 2; i < nanos.length; i++) {
      assertThat(nanos[i] - nanos[i - 2])
          .as("between a slot and the next but one")
          .isGreaterThan(20_000_000);
    }
  }

  /** The slots of the key "a" of many rounds. */
  private static Callable<List<Instant>> reserving(Process process, List<SlotRequest> requests) {
    return () -> {
      List<Instant> slots = new ArrayList<>();
      for (int round = 0; round < 100; round++) {
        LimitStore.Reservation reserved = process.reserve(requests.toArray(SlotRequest[]::new));
        slots.addAll(reserved.portion("a").slots());
      }
      return slots;
    };
  }

  private Instant databaseTime() {
    return jdbc.sql("SELECT clock_timestamp()")
        .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private static SingleConnectionDataSource connect() {
    return new SingleConnectionDataSource(
        DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password(), true);
  }

  private static Process process(SingleConnectionDataSource source) {
    return new Process(
        new JdbcLimitStore(JdbcClient.create(source), System::nanoTime),
        new TransactionTemplate(new DataSourceTransactionManager(source)));
  }
}
