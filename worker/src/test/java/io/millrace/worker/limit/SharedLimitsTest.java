package io.millrace.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.limit.RateLimit;
import io.millrace.testing.SlidingWindow;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class SharedLimitsTest {

  private static final List<RateLimit> PARTNER =
      List.of(RateLimit.of("50/s"), RateLimit.of("1000/min"));
  private static final List<RateLimit> FIFTY = List.of(RateLimit.of("50/s"));
  private static final List<RateLimit> ONE = List.of(RateLimit.of("1/s"));
  private static final Duration TICK = Duration.ofMillis(1);

  private final TestTime time = new TestTime();
  private final FakeLimitStore store = new FakeLimitStore(time);
  private final List<WorkerEvent> events = new ArrayList<>();
  private final DoubleSupplier chance = new Random(4_711)::nextDouble;
  private final Asker one = new Asker();
  private final Asker two = new Asker();

  /** A worker whose calls are always many or always few. */
  private final class Asker {

    private final SharedLimits limits =
        new SharedLimits(
            store,
            TransactionOperations.withoutTransaction(),
            new SharedLimits.Time(time::nanos, time::pass, chance),
            new WorkerEvents(List.of(events::add)));
    private final List<Long> calls = new ArrayList<>();
    private long askAt;
    private int due;

    /** Makes as many calls as it may, and no more than a hundred. */
    void saturate(String key, List<RateLimit> asked) {
      for (int calls = 0; calls < 100 && time.nanos() >= askAt && call(key, asked); ) {
        calls++;
      }
    }

    /** Makes the calls that are due, as soon as it may. */
    void catchUp(String key, List<RateLimit> asked) {
      while (due > 0 && time.nanos() >= askAt && call(key, asked)) {
        due--;
      }
    }

    boolean call(String key, List<RateLimit> asked) {
      long wait = limits.tryAcquire(key, asked);
      if (wait == 0) {
        calls.add(time.nanos());
      }
      askAt = time.nanos() + wait;
      return wait == 0;
    }

    void round() {
      try {
        limits.round();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void twoWorkersTogetherGetNineTenthsOfALimitAndNeverMoreThanFivePercentAboveIt() {
    run(Duration.ofMinutes(4), _ -> true, _ -> true, PARTNER);

    List<Long> calls = allCalls();
    assertThat(most(calls, Duration.ofSeconds(1))).isLessThanOrEqualTo(52);
    assertThat(most(calls, Duration.ofMinutes(1))).isLessThanOrEqualTo(1_050);
    for (int minute = 0; minute < 4; minute++) {
      assertThat(callsBetween(minute * 60_000L, (minute + 1) * 60_000L))
          .as("calls in minute %d", minute)
          .isGreaterThanOrEqualTo(900);
    }
    assertThat(one.calls.size()).as("the share of one").isBetween(1_600, 2_400);
  }

  @Test
  void usesNineTenthsOfAnyLimit() {
    for (String text : List.of("1/s", "3/s", "5/10s", "20/s", "50/s", "1000/s", "10000/h")) {
      RateLimit limit = RateLimit.of(text);
      one.calls.clear();
      two.calls.clear();

      run(Duration.ofSeconds(60), _ -> true, _ -> true, List.of(limit), text);

      double allowed = limit.calls() * 60.0 / limit.window().toSeconds();
      assertThat(allCalls().size()).as(text).isGreaterThanOrEqualTo((int) (0.9 * allowed));
      assertThat(most(allCalls(), limit.window()))
          .as(text)
          .isLessThanOrEqualTo(limit.calls() * 105 / 100);
    }
  }

  @Test
  void costsTheDatabaseFarLessThanOneRoundForEachCall() {
    run(Duration.ofSeconds(60), _ -> true, _ -> false, FIFTY);

    assertThat(one.calls).hasSizeGreaterThan(2_700);
    assertThat(store.rounds).isLessThan(one.calls.size() / 4);
  }

  @Test
  void aWorkerWithFewCallsDoesNotStarveBehindOneWithMany() {
    for (int second = 0; second < 60; second++) {
      two.due++;
      long end = time.nanos() + 1_000_000_000;
      while (time.nanos() < end) {
        step(one, true, "partner", FIFTY);
        two.catchUp("partner", FIFTY);
        two.round();
        time.pass(TICK);
      }
    }

    assertThat(two.calls).as("calls of which it wanted one a second").hasSizeGreaterThan(58);
    assertThat(allCalls()).hasSizeGreaterThan(2_700);
  }

  @Test
  void thoseWhoWaitForFarSlotsGetThemByTurnsOfChance() {
    List<RateLimit> slow = List.of(RateLimit.of("12/min"));

    run(Duration.ofMinutes(10), _ -> true, _ -> true, slow);

    assertThat(one.calls.size()).isBetween(30, 90);
    assertThat(two.calls.size()).isBetween(30, 90);
    assertThat(allCalls().size()).isBetween(108, 121);
  }

  @Test
  void aWorkerThatStoodStillDoesNotMakeUpForIt() {
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);
    run(Duration.ofSeconds(2), _ -> false, _ -> true, FIFTY);
    IntStream.range(0, 100).forEach(_ -> one.call("partner", FIFTY));
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);

    assertThat(most(allCalls(), Duration.ofSeconds(1))).isLessThanOrEqualTo(52);
  }

  @Test
  void letsNothingGoThatIsNotReservedAndRecoversByItself() {
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);
    store.away = true;
    run(Duration.ofSeconds(10), _ -> true, _ -> true, FIFTY);
    store.away = false;
    run(Duration.ofSeconds(20), _ -> true, _ -> true, FIFTY);

    long lastBefore =
        allCalls().stream().filter(at -> at < 15_000_000_000L).max(Long::compare).get();
    assertThat(lastBefore).as("the last call in time").isLessThan(5_500_000_000L);
    assertThat(callsBetween(20_000, 30_000)).isGreaterThanOrEqualTo(450);
    assertThat(most(allCalls(), Duration.ofSeconds(1))).isLessThanOrEqualTo(52);
    assertThat(events).hasSize(4); // two workers, lost and back
    assertThat(events).filteredOn(WorkerEvent.LimitsLost.class::isInstance).hasSize(2);
    assertThat(events)
        .filteredOn(WorkerEvent.LimitsBack.class::isInstance)
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(((WorkerEvent.LimitsBack) event).away())
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14)));
  }

  @Test
  void saysToAskLessOftenWhileTheDatabaseIsAway() {
    store.away = true;
    one.call("partner", FIFTY);
    one.round();

    assertThat(one.limits.tryAcquire("partner", FIFTY)).isEqualTo(250_000_000);
  }

  @Test
  void callsWithoutLimitsAreFreeEvenWhileTheDatabaseIsAway() {
    store.away = true;
    one.call("partner", FIFTY);
    one.round();

    assertThat(one.call("host", List.of())).isTrue();
    assertThat(one.call("host", List.of())).isTrue();
  }

  @Test
  void usesNoSlotEarlyWhateverTheClocksDifferBy() {
    one.call("partner", ONE);
    one.round();
    long answered = time.nanos();

    assertThat(one.call("partner", ONE)).isTrue();
    assertThat(one.call("partner", ONE)).isFalse();
    one.round();
    time.pass(Duration.ofMillis(800));
    assertThat(one.call("partner", ONE)).isFalse();
    one.round();
    long wait = one.limits.tryAcquire("partner", ONE);

    long interval = 1_041_666_667L;
    assertThat(time.nanos() + wait)
        .isBetween(answered - FakeLimitStore.WAY.toNanos() + interval, answered + interval + 2_000);
    time.pass(Duration.ofNanos(wait - 1));
    assertThat(one.call("partner", ONE)).isFalse();
    time.pass(Duration.ofNanos(1));
    assertThat(one.call("partner", ONE)).isTrue();
  }

  @Test
  void goesOnWhenTheClockOfTheDatabaseIsSet() {
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);
    store.setForward = Duration.ofHours(-1);
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);
    store.setForward = Duration.ofHours(1);
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);

    assertThat(most(allCalls(), Duration.ofSeconds(1))).isLessThanOrEqualTo(54);
    assertThat(callsBetween(7_000, 10_000)).isGreaterThan(130);
    assertThat(callsBetween(11_000, 15_000)).isGreaterThan(180);
  }

  @Test
  void takesUpAChangedConfiguration() {
    run(Duration.ofSeconds(5), _ -> true, _ -> true, FIFTY);
    run(Duration.ofSeconds(5), _ -> true, _ -> true, List.of(RateLimit.of("10/s")));

    assertThat(callsBetween(6_000, 10_000)).isBetween(34L, 42L);
  }

  @Test
  void reservesForAllKeysInOneRound() {
    for (int key = 0; key < 100; key++) {
      one.call("host-" + key, FIFTY);
    }
    one.round();

    assertThat(store.seen).hasSize(100);
    assertThat(store.rounds).isEqualTo(1);
  }

  @Test
  void forgetsKeysThatNobodyAsksForAndGoesOnWhenSomebodyDoes() {
    run(Duration.ofSeconds(1), _ -> true, _ -> false, FIFTY, "rare");
    time.pass(Duration.ofHours(2));
    one.round();

    int before = one.calls.size();
    run(Duration.ofSeconds(1), _ -> true, _ -> false, FIFTY, "rare");
    assertThat(one.calls.size() - before).isGreaterThan(40);
  }

  @Test
  void refusesAKeyThatIsNone() {
    for (String key : List.of("", "a\0b", "x".repeat(401))) {
      assertThatThrownBy(() -> one.limits.tryAcquire(key, FIFTY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 400 characters");
    }
  }

  private void run(
      Duration length, LongPredicate first, LongPredicate second, List<RateLimit> limits) {
    run(length, first, second, limits, "partner");
  }

  /** Lets time pass, in which a worker asks for calls in those milliseconds that are its own. */
  private void run(
      Duration length,
      LongPredicate first,
      LongPredicate second,
      List<RateLimit> limits,
      String key) {
    long end = time.nanos() + length.toNanos();
    one.askAt = time.nanos();
    two.askAt = time.nanos();
    for (long millis = 0; time.nanos() < end; millis++) {
      step(one, first.test(millis), key, limits);
      step(two, second.test(millis), key, limits);
      time.pass(TICK);
    }
  }

  private static void step(Asker asker, boolean asks, String key, List<RateLimit> limits) {
    if (asks) {
      asker.saturate(key, limits);
    }
    asker.round();
  }

  private static int most(List<Long> calls, Duration window) {
    return SlidingWindow.most(
        calls.stream().mapToLong(Long::longValue).toArray(), window.toNanos());
  }

  private List<Long> allCalls() {
    List<Long> all = new ArrayList<>(one.calls);
    all.addAll(two.calls);
    return all;
  }

  private long callsBetween(long fromMillis, long toMillis) {
    return allCalls().stream()
        .filter(at -> at >= fromMillis * 1_000_000 && at < toMillis * 1_000_000)
        .count();
  }
}
