package io.millrace.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.SlidingWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final List<List<RateLimit>> LIMITS =
      Stream.concat(
              IntStream.of(1, 2, 3, 7, 19, 20, 21, 39, 40, 41, 50, 79, 80, 100, 1_000)
                  .mapToObj(calls -> List.of(new RateLimit(calls, Duration.ofSeconds(1)))),
              Stream.of(
                  limits("5/10s"),
                  limits("1/min"),
                  limits("1000/min"),
                  limits("10000/h"),
                  limits("50/s", "1000/min"),
                  limits("3/s", "100/min", "1000/h"),
                  limits("100/s", "10000/h"),
                  limits("20/s", "20/10s")))
          .toList();

  private final Random random = new Random(7_321);

  @Test
  void neverExceedsALimitByMoreThanFivePercentWhateverTheDemandAndHoweverLateSlotsAreUsed() {
    for (List<RateLimit> limits : LIMITS) {
      for (int run = 0; run < 6; run++) {
        long[] calls = randomDemand(limits);

        for (RateLimit limit : limits) {
          assertThat(SlidingWindow.most(calls, limit.window().toNanos()))
              .as("most calls in one window of %s, in run %d of %s", limit, run, limits)
              .isLessThanOrEqualTo(limit.calls() * 105 / 100);
        }
      }
    }
  }

  @Test
  void doesNotExceedALimitWhenTheFirstSlotIsUsedAsLateAndAllOthersAsEarlyAsMayBe() {
    for (List<RateLimit> limits : LIMITS) {
      long[] slots = saturated(limits, Duration.ZERO, 3_000);
      slots[0] += Pace.of(limits).grace().toNanos();

      for (RateLimit limit : limits) {
        assertThat(SlidingWindow.most(slots, limit.window().toNanos()))
            .as("most calls in one window of %s", limit)
            .isLessThanOrEqualTo(limit.calls() * 105 / 100);
      }
    }
  }

  @Test
  void lets95PercentThroughWhileThereIsDemandThoughEveryLookComesLate() {
    for (List<RateLimit> limits : LIMITS) {
      RateLimit tightest = tightest(limits);
      long[] slots = saturated(limits, Duration.ofMillis(100), 2_000);
      int burst = tightest.calls() / 40;
      double took = slots[slots.length - 1] - slots[burst];

      double share =
          (slots.length - 1 - burst) / took * tightest.window().toNanos() / tightest.calls();

      assertThat(share).as("share of %s that is used", tightest).isBetween(0.95, 0.97);
    }
  }

  @Test
  void leavesTimeToUseASlot() {
    assertThat(LIMITS)
        .allSatisfy(
            limits ->
                assertThat(Pace.of(limits).grace())
                    .isBetween(Duration.ofMillis(40), Duration.ofMillis(500)));
  }

  @Test
  void reachesNoFurtherAheadThanAPortionMay() {
    Pace pace = Pace.of(limits("50/s"));

    Pace.Booking first = pace.book(LimitState.UNUSED, START, 1_000);
    Pace.Booking second = pace.book(first.state(), START, 1_000);

    assertThat(first.portion().slots()).hasSize(13).first().isEqualTo(START);
    assertThat(first.portion().slots().getLast()).isBeforeOrEqualTo(START.plus(Pace.AHEAD));
    assertThat(second.portion().slots()).as("only the first, which may lie further").hasSize(1);
  }

  @Test
  void promisesTheFirstSlotASecondAheadAndSaysWhenTheNextOneIsToBeHad() {
    Pace pace = Pace.of(limits("1/min"));

    Pace.Booking first = pace.book(LimitState.UNUSED, START, 5);
    Pace.Booking tooSoon = pace.book(first.state(), START.plusSeconds(61), 5);
    Pace.Booking soon = pace.book(first.state(), START.plusMillis(61_600), 5);

    Instant next = START.plusMillis(62_500);
    assertThat(first.portion()).isEqualTo(new Portion(List.of(START), next));
    assertThat(tooSoon.portion()).isEqualTo(new Portion(List.of(), next));
    assertThat(tooSoon.state()).isEqualTo(first.state());
    assertThat(soon.portion().slots()).containsExactly(next);
  }

  @Test
  void goesOnBehindTheLastSlotWhenTheConfigurationChanges() {
    Pace.Booking before = Pace.of(limits("50/s")).book(LimitState.UNUSED, START, 5);
    Instant last = before.portion().slots().getLast();

    Pace.Booking slower = Pace.of(limits("2/s")).book(before.state(), START, 5);
    Pace.Booking another = Pace.of(limits("50/s", "100/min")).book(before.state(), START, 5);
    Pace.Booking muchLater =
        Pace.of(limits("100/min")).book(before.state(), START.plusSeconds(90), 5);

    assertThat(slower.portion().slots().getFirst()).isAfter(last.plusMillis(500));
    assertThat(another.portion().slots().getFirst()).isAfter(last.plusMillis(600));
    assertThat(muchLater.portion().slots()).containsExactly(START.plusSeconds(90));
  }

  @Test
  void doesNotWaitForAnHourWhenTheLimitWasOneAnHour() {
    LimitState used = Pace.of(limits("1/h")).book(LimitState.UNUSED, START, 1).state();

    Portion portion = Pace.of(limits("50/s")).book(used, START.plusSeconds(1), 1).portion();

    assertThat(portion.slots()).containsExactly(START.plusSeconds(1));
  }

  @Test
  void doesNotWaitForTheOldTimeWhenTheClockIsSetBack() {
    LimitState used = Pace.of(limits("50/s")).book(LimitState.UNUSED, START, 9).state();
    Instant setBack = START.minus(1, ChronoUnit.HOURS);

    Pace.Booking booking = Pace.of(limits("50/s")).book(used, setBack, 1);
    Pace.Booking soonAfter =
        Pace.of(limits("50/s")).book(booking.state(), setBack.plusSeconds(1), 1);

    assertThat(booking.portion().next()).isBefore(setBack.plusMillis(1_100));
    assertThat(soonAfter.portion().slots()).hasSize(1);
  }

  /**
   * Looks, wants, uses and wastes as it happens; most slots are used as early or late as may be.
   */
  private long[] randomDemand(List<RateLimit> limits) {
    Pace pace = Pace.of(limits);
    long grace = pace.grace().toNanos();
    long interval = tightest(limits).window().toNanos() / tightest(limits).calls();
    LimitState state = LimitState.UNUSED;
    Instant now = START;
    LongStream.Builder calls = LongStream.builder();
    for (int look = 0; look < 400; look++) {
      Pace.Booking booking = pace.book(state, now, 1 + random.nextInt(200));
      state = booking.state();
      for (Instant slot : booking.portion().slots()) {
        long lateness =
            switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> grace;
              default -> (long) (random.nextDouble() * grace);
            };
        if (random.nextInt(10) > 0) {
          calls.add(START.until(slot, ChronoUnit.NANOS) + lateness);
        }
      }
      now = now.plusNanos(rest(interval));
    }
    return calls.build().toArray();
  }

  private long rest(long interval) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextLong(60 * interval);
      case 1, 2, 3 -> 0;
      default -> random.nextLong(Math.max(2 * interval, 250_000_000));
    };
  }

  /** Slots in nanoseconds from the start, if somebody always wants more, and looks so late. */
  private static long[] saturated(List<RateLimit> limits, Duration late, int count) {
    Pace pace = Pace.of(limits);
    LimitState state = LimitState.UNUSED;
    Instant now = START;
    LongStream.Builder slots = LongStream.builder();
    for (int found = 0; found < count; ) {
      Pace.Booking booking = pace.book(state, now, 10_000);
      state = booking.state();
      booking.portion().slots().forEach(slot -> slots.add(START.until(slot, ChronoUnit.NANOS)));
      found += booking.portion().slots().size();
      Instant due = booking.portion().next().minus(Pace.AHEAD);
      now = due.isAfter(now) ? due.plus(late) : now.plus(late).plusMillis(1);
    }
    return slots.build().toArray();
  }

  private static RateLimit tightest(List<RateLimit> limits) {
    return limits.stream().min((a, b) -> Double.compare(rate(a), rate(b))).orElseThrow();
  }

  private static double rate(RateLimit limit) {
    return limit.calls() / (double) limit.window().toNanos();
  }

  private static List<RateLimit> limits(String... texts) {
    return Arrays.stream(texts).map(RateLimit::of).toList();
  }
}
