package io.millrace.worker.limit;

import io.millrace.core.limit.ClockReading;
import io.millrace.core.limit.LimitState;
import io.millrace.core.limit.LimitStore;
import io.millrace.core.limit.Pace;
import io.millrace.core.limit.Portion;
import io.millrace.core.limit.SlotRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A database in memory, whose every answer takes a millisecond each way of the time of the test.
 */
final class FakeLimitStore implements LimitStore {

  static final Duration WAY = Duration.ofMillis(1);

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  final Set<String> seen = new HashSet<>();
  int rounds;
  boolean away;
  Duration setForward = Duration.ZERO;

  private final TestTime time;
  private final Map<String, LimitState> states = new HashMap<>();

  FakeLimitStore(TestTime time) {
    this.time = time;
  }

  Instant now() {
    return START.plusNanos(time.nanos()).plus(setForward);
  }

  @Override
  public Reservation reserve(Collection<SlotRequest> requests) {
    long sent = time.nanos();
    answer();
    Instant now = now();
    Map<String, Portion> portions = new HashMap<>();
    for (SlotRequest request : requests) {
      seen.add(request.key());
      Pace.Booking booking =
          Pace.of(request.limits()).book(state(request.key()), now, request.calls());
      states.put(request.key(), booking.state());
      portions.put(request.key(), booking.portion());
    }
    time.pass(WAY);
    return new Reservation(new ClockReading(sent, now, time.nanos()), portions);
  }

  @Override
  public int forgetIdle() {
    answer();
    int size = states.size();
    states.clear();
    return size;
  }

  private void answer() {
    rounds++;
    time.pass(WAY);
    if (away) {
      throw new DataAccessResourceFailureException("connection refused");
    }
  }

  private LimitState state(String key) {
    return states.getOrDefault(key, LimitState.UNUSED);
  }
}
