package io.millrace.worker.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Deliveries of some queues, in the order of their arrival, for as long as those are held back.
 * Whoever has it guards it by a lock of his, but for what says otherwise.
 */
final class HeldDeliveries {

  /** Below the age at which deliveries are acknowledged early, and far below the broker's limit. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final Queue<Delivery> held = new ArrayDeque<>();
  private volatile Set<String> queues = Set.of();

  /** Holds back these queues, and no others from now on; what was held of those is let go. */
  List<Delivery> hold(Set<String> now) {
    queues = Set.copyOf(now);
    List<Delivery> free = new ArrayList<>();
    Iterator<Delivery> each = held.iterator();
    while (each.hasNext()) {
      Delivery delivery = each.next();
      if (!queues.contains(delivery.queue())) {
        each.remove();
        free.add(delivery);
      }
    }
    return free;
  }

  /** Whether there are queues to hold back at all. Safe for use by many threads. */
  boolean isOfUse() {
    return !queues.isEmpty();
  }

  /** Holds a delivery, if its queue is held back. */
  boolean add(Delivery delivery) {
    return queues.contains(delivery.queue()) && held.add(delivery);
  }

  /** Lets go what has waited for minutes. */
  List<Delivery> removeOld(Instant now) {
    Instant old = now.minus(LONGEST);
    List<Delivery> free = new ArrayList<>();
    while (!held.isEmpty() && held.element().arrivedAt().isBefore(old)) {
      free.add(held.remove());
    }
    return free;
  }

  void removeIf(Predicate<Delivery> condition) {
    held.removeIf(condition);
  }

  void clear() {
    held.clear();
  }
}
