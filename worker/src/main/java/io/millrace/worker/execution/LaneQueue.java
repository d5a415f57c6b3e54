package io.millrace.worker.execution;

import io.millrace.client.contract.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a thread, by lane. Of 21 that are taken, 16 are of the high lane, 4 of the normal
 * and 1 of the low one, as long as each has some; so the low lane is slow and never stands still.
 * Within a lane the lines of tenants take turns. Safe for use by many threads.
 *
 * @param <T> what waits
 */
final class LaneQueue<T> {

  private static final int HIGH_TURNS = 16;
  private static final int NORMAL_TURNS = 4;
  private static final int TURNS = HIGH_TURNS + NORMAL_TURNS + 1;

  private final Map<Lane, Turns<T>> lanes = new EnumMap<>(Lane.class);
  private int turn;

  LaneQueue() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Turns<>());
    }
  }

  /**
   * Adds one.
   *
   * @param line whose jobs it stands behind
   */
  synchronized void add(Lane lane, String line, T element) {
    of(lane).add(line, element);
  }

  /** Takes the next one; null if nothing waits. */
  synchronized @Nullable T take() {
    turn = (turn + 1) % TURNS;
    T preferred = of(preferred(turn)).poll();
    if (preferred != null) {
      return preferred;
    }
    for (Lane lane : Lane.values()) {
      T element = of(lane).poll();
      if (element != null) {
        return element;
      }
    }
    return null;
  }

  /** Takes all that {@code which} says. */
  synchronized List<T> takeAll(Predicate<T> which) {
    return lanes.values().stream().flatMap(lane -> lane.takeAll(which).stream()).toList();
  }

  private static Lane preferred(int turn) {
    if (turn < HIGH_TURNS) {
      return Lane.HIGH;
    }
    return turn < HIGH_TURNS + NORMAL_TURNS ? Lane.NORMAL : Lane.LOW;
  }

  private Turns<T> of(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane), "every lane has a queue");
  }
}
