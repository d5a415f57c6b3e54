package io.millrace.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says when the next calls to a key may be made, so that no stretch of time as long as a window
 * sees more calls than the limit and 5 % (rounded down: a limit below 20 is never exceeded), and so
 * that a steady demand gets 96 % of it. Immutable.
 *
 * <p>It is the generic cell rate algorithm (ITU-T I.371). A window of {@code n} calls in {@code T}
 * has an interval {@code I = T / 0.96 n} and a tolerance {@code B} of {@code floor(n / 40)}
 * intervals, 2.5 % of the window, by which calls may come before their time after a lull. Of any
 * {@code N} slots the last is at least {@code (N - 1) I - B} after the first. One that is used up
 * to the grace {@code G} after its time moves by as much, so a stretch shorter than {@code T} sees
 * fewer than {@code (T + G + B) / I + 1} calls. {@code G} is what makes that {@code floor(1.05 n) +
 * 1}: a span of 4 % of the window or more. Without the 4 % that are given away here a limit of 5
 * would leave no time at all between a slot and its use.
 */
public final class Pace {

  /** How far ahead of now the slots of a portion lie at most, but for the first. */
  public static final Duration AHEAD = Duration.ofMillis(250);

  /** How far ahead of now the first slot of a portion lies at most. */
  public static final Duration FIRST_AHEAD = Duration.ofSeconds(1);

  private static final Duration LONGEST_GRACE = Duration.ofMillis(500);

  private static final int PERCENT_USED = 96;
  private static final int PERCENT_SEEN = 105;
  private static final int CALLS_FOR_ONE_OF_TOLERANCE = 40;

  /** All in nanoseconds. */
  private record Window(RateLimit limit, long interval, long tolerance, long grace) {

    static Window of(RateLimit limit) {
      long calls = limit.calls();
      long span = limit.window().toNanos();
      long interval = Math.ceilDiv(span * 100, calls * PERCENT_USED);
      long tolerance = calls / CALLS_FOR_ONE_OF_TOLERANCE * interval;
      long seen = calls * PERCENT_SEEN / 100;
      return new Window(limit, interval, tolerance, seen * interval - span - tolerance);
    }

    /** No slot lies further ahead than this allows, unless the database's clock was set back. */
    long furthestArrival() {
      return FIRST_AHEAD.toNanos() + interval + tolerance;
    }
  }

  /**
   * What {@link #book} has found.
   *
   * @param state of the key from now on; the given one if nothing has changed
   */
  public record Booking(Portion portion, LimitState state) {}

  private final List<Window> windows;
  private final Duration grace;

  private Pace(List<Window> windows) {
    this.windows = windows;
    this.grace =
        Duration.ofNanos(
            windows.stream().mapToLong(Window::grace).reduce(LONGEST_GRACE.toNanos(), Math::min));
  }

  /** The pace that keeps all of {@code limits}, of which there is at least one. */
  public static Pace of(List<RateLimit> limits) {
    return new Pace(limits.stream().distinct().map(Window::of).toList());
  }

  /**
   * How long after its time a slot may still reach who is called: 4 % of the shortest window or
   * more, and 500 ms at most.
   */
  public Duration grace() {
    return grace;
  }

  /**
   * Books the next slots: as many as are wanted and lie within {@link #AHEAD}, and the first one
   * already if it lies within {@link #FIRST_AHEAD}.
   *
   * <p>A window that the state does not know, since the configuration has changed, goes on where
   * the others are, without their past and without a burst. An arrival further ahead than any
   * booking could have led to shows that the clock was set back: it is taken for the furthest
   * possible one, so that nobody waits for the old time to come again.
   *
   * @param now the time of the database
   */
  public Booking book(LimitState state, Instant now, int wanted) {
    long[] arrivals = arrivals(state, now);
    List<Instant> slots = new ArrayList<>();
    long next = earliest(arrivals);
    while (slots.size() < wanted && next <= (slots.isEmpty() ? FIRST_AHEAD : AHEAD).toNanos()) {
      slots.add(now.plusNanos(next));
      for (int i = 0; i < arrivals.length; i++) {
        arrivals[i] = Math.max(arrivals[i], next) + windows.get(i).interval();
      }
      next = earliest(arrivals);
    }
    boolean changed = !slots.isEmpty() || isSetBack(state, now);
    return new Booking(
        new Portion(slots, now.plusNanos(next)), changed ? stateOf(arrivals, now) : state);
  }

  private boolean isSetBack(LimitState state, Instant now) {
    return windows.stream()
        .anyMatch(
            window -> {
              Instant known = state.arrivals().get(window.limit());
              return known != null && now.until(known, ChronoUnit.NANOS) > window.furthestArrival();
            });
  }

  private long earliest(long[] arrivals) {
    long earliest = 0;
    for (int i = 0; i < arrivals.length; i++) {
      earliest = Math.max(earliest, arrivals[i] - windows.get(i).tolerance());
    }
    return earliest;
  }

  /** Relative to now. */
  private long[] arrivals(LimitState state, Instant now) {
    long[] arrivals = new long[windows.size()];
    for (int i = 0; i < arrivals.length; i++) {
      Window window = windows.get(i);
      Instant known = state.arrivals().get(window.limit());
      arrivals[i] = known == null ? firstArrival(window, state, now) : arrival(window, known, now);
    }
    return arrivals;
  }

  private static long arrival(Window window, Instant known, Instant now) {
    return Math.min(now.until(known, ChronoUnit.NANOS), window.furthestArrival());
  }

  private static long firstArrival(Window added, LimitState state, Instant now) {
    if (state.arrivals().isEmpty()) {
      return 0;
    }
    long lastSlot = Long.MAX_VALUE;
    for (Map.Entry<RateLimit, Instant> other : state.arrivals().entrySet()) {
      Window window = Window.of(other.getKey());
      lastSlot = Math.min(lastSlot, arrival(window, other.getValue(), now) - window.interval());
    }
    return Math.max(0, lastSlot + added.interval()) + added.tolerance();
  }

  private LimitState stateOf(long[] arrivals, Instant now) {
    Map<RateLimit, Instant> state = new HashMap<>();
    for (int i = 0; i < arrivals.length; i++) {
      state.put(windows.get(i).limit(), inMicros(now.plusNanos(arrivals[i])));
    }
    return new LimitState(state);
  }

  /** Later rather than earlier, since PostgreSQL keeps no more. */
  private static Instant inMicros(Instant exact) {
    return exact.plusNanos(999).truncatedTo(ChronoUnit.MICROS);
  }
}
