package io.millrace.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.Pause;
import io.millrace.core.limit.JdbcLimitStore;
import io.millrace.core.limit.RateLimit;
import io.millrace.testing.Await;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.SlidingWindow;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Several workers on one PostgreSQL, by the real clocks. */
class SharedLimitsIT {

  private static final Map<String, List<RateLimit>> LIMITS =
      Map.of(
          "partner", List.of(RateLimit.of("50/s"), RateLimit.of("1000/min")),
          "fifty", List.of(RateLimit.of("50/s")),
          "hundred", List.of(RateLimit.of("100/s")),
          "seven", List.of(RateLimit.of("7/s")));

  @AutoClose private static final PrivatePostgres POSTGRES = PrivatePostgres.start();

  private final Map<String, ConcurrentLinkedQueue<Long>> calls = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<WorkerEvent> events = new ConcurrentLinkedQueue<>();

  @AutoClose("stop")
  private final SharedLimits one = worker();

  @AutoClose("stop")
  private final SharedLimits two = worker();

  @AutoClose("stop")
  private final SharedLimits three = worker();

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(POSTGRES.dataSource()).load().migrate();
  }

  @BeforeEach
  void start() {
    one.start();
    two.start();
    three.start();
  }

  @Test
  void noWindowSeesMoreThanItsLimitAndFivePercentWhileThreeWorkersWantMoreAndOneStandsStill()
      throws Exception {
    long start = System.nanoTime();
    BooleanSupplier running = () -> System.nanoTime() - start < 5_000_000_000L;
    BooleanSupplier standing =
        () -> {
          long since = System.nanoTime() - start;
          return since > 1_500_000_000L && since < 3_500_000_000L;
        };
    List<Thread> threads = new ArrayList<>();
    for (String key : LIMITS.keySet()) {
      threads.add(asking(one, key, running, () -> false));
      threads.add(asking(two, key, running, () -> false));
      threads.add(asking(three, key, running, standing));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    LIMITS.forEach(
        (key, limits) -> {
          assertThat(calls.get(key)).as("calls to %s", key).isNotEmpty();
          long[] times = callsTo(key).stream().mapToLong(Long::longValue).toArray();
          for (RateLimit limit : limits) {
            assertThat(SlidingWindow.most(times, limit.window().toNanos()))
                .as("most calls to %s in one window of %s", key, limit)
                .isLessThanOrEqualTo(limit.calls() * 105 / 100);
          }
        });
    assertThat(events).isEmpty();
  }

  @Test
  void letsNothingGoWhileTheDatabaseIsAwayAndGoesOnWhenItIsBack() {
    awaitCallAfter(System.nanoTime());

    POSTGRES.kill();
    assertThat(Await.until(() -> ask() && lost(), Duration.ofSeconds(20))).isTrue();
    long settled = System.nanoTime() + 1_000_000_000;
    assertThat(Await.until(() -> ask() && System.nanoTime() > settled, Duration.ofSeconds(20)))
        .isTrue();
    int before = callsTo("fifty").size();
    long later = System.nanoTime() + 500_000_000;
    assertThat(Await.until(() -> ask() && System.nanoTime() > later, Duration.ofSeconds(20)))
        .isTrue();
    assertThat(callsTo("fifty")).hasSize(before);

    POSTGRES.restart();
    awaitCallAfter(System.nanoTime());
    assertThat(events).hasAtLeastOneElementOfType(WorkerEvent.LimitsBack.class);
  }

  private void awaitCallAfter(long nanos) {
    assertThat(
            Await.until(
                () -> ask() && callsTo("fifty").stream().anyMatch(at -> at > nanos),
                Duration.ofSeconds(30)))
        .as("a call goes")
        .isTrue();
  }

  private boolean ask() {
    record(two, "fifty");
    return true;
  }

  private boolean lost() {
    return events.stream().anyMatch(WorkerEvent.LimitsLost.class::isInstance);
  }

  /** Asks as a caller does who has more to do than it may. */
  private Thread asking(
      SharedLimits worker, String key, BooleanSupplier running, BooleanSupplier standing) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (running.getAsBoolean()) {
                LockSupport.parkNanos(standing.getAsBoolean() ? 1_000_000 : record(worker, key));
              }
            });
  }

  private long record(SharedLimits worker, String key) {
    long wait = worker.tryAcquire(key, limits(key));
    if (wait == 0) {
      callsTo(key).add(System.nanoTime());
    }
    return Math.min(wait, TimeUnit.MILLISECONDS.toNanos(100));
  }

  private ConcurrentLinkedQueue<Long> callsTo(String key) {
    return calls.computeIfAbsent(key, _ -> new ConcurrentLinkedQueue<>());
  }

  private static List<RateLimit> limits(String key) {
    return LIMITS.getOrDefault(key, List.of());
  }

  private SharedLimits worker() {
    DataSource source = POSTGRES.dataSource();
    return new SharedLimits(
        new JdbcLimitStore(JdbcClient.create(source), System::nanoTime),
        new TransactionTemplate(new DataSourceTransactionManager(source)),
        new SharedLimits.Time(
            System::nanoTime, Pause.THREAD, () -> ThreadLocalRandom.current().nextDouble()),
        new WorkerEvents(List.of(events::add)));
  }
}
