package io.millrace.worker.limit;

import io.millrace.core.limit.Pace;
import io.millrace.core.limit.Portion;
import io.millrace.core.limit.RateLimit;
import io.millrace.core.limit.SlotRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a worker has in hand of one key. All times are nanoseconds of the monotonic clock. Safe for
 * use by many threads, none of which holds it for longer than a moment.
 */
final class LimitedKey {

  /** How long to wait for a reservation that is on its way. */
  static final long SOON = 2_000_000;

  /** Who asks again within this time goes on with what it did before. */
  private static final long STEADY = 2 * Pace.AHEAD.toNanos();

  private static final long IDLE = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 4_096; // more than any limit allows within Pace.AHEAD

  /** Of a call that may be made from a time on and until another. */
  private record Slot(long from, long until) {}

  private final String name;
  private final Consumer<LimitedKey> wish;

  // Guarded by this.
  private List<RateLimit> limits = List.of(); // until the first is asked for
  private Duration grace = Duration.ZERO;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private int wanted = 1;
  private int lost;
  private boolean wishing;
  private long askedAt;
  private long grantedAt;
  private long noWishBefore;
  private boolean forgotten;

  /**
   * @param wish told when there is something to reserve; once until that is done
   */
  LimitedKey(String name, Consumer<LimitedKey> wish, long now) {
    this.name = name;
    this.wish = wish;
    this.askedAt = now;
    this.grantedAt = now - STEADY;
    this.noWishBefore = now;
  }

  String name() {
    return name;
  }

  /**
   * Takes a slot.
   *
   * @param asked at least one limit
   * @return 0, or in how many nanoseconds to ask again
   */
  synchronized long ask(List<RateLimit> asked, long now) {
    if (forgotten) {
      return SOON;
    }
    askedAt = now;
    if (!limits.equals(asked)) {
      limits = List.copyOf(asked);
      grace = Pace.of(limits).grace();
      slots.clear();
      noWishBefore = now;
    }
    dropLost(now);
    Slot first = slots.peek();
    if (first != null && first.from() - now <= 0) {
      slots.remove();
      return 0;
    }
    // Only who has to wait shows that there is demand for more than there is at hand.
    if (slots.size() <= wanted / 2) {
      wishForMore(now);
    }
    return first == null ? soonest(now) : first.from() - now;
  }

  private long soonest(long now) {
    return Math.max(SOON, noWishBefore - now);
  }

  private void wishForMore(long now) {
    if (!wishing && noWishBefore - now <= 0) {
      wishing = true;
      wish.accept(this);
    }
  }

  private void dropLost(long now) {
    while (!slots.isEmpty() && slots.element().until() - now < 0) {
      slots.remove();
      lost++;
    }
  }

  /** What to reserve: more from time to time while all of it is used, less if some was lost. */
  synchronized SlotRequest request(long now) {
    dropLost(now);
    if (lost > 0) {
      wanted = Math.max(1, wanted / 2);
    } else {
      wanted = now - grantedAt < STEADY ? Math.min(MOST, 2 * wanted) : 1;
    }
    lost = 0;
    return new SlotRequest(name, limits, Math.max(1, wanted - slots.size()));
  }

  /**
   * Takes in what was reserved.
   *
   * @param chance from 0 to 1: workers that wait for the same far slot come one after the other,
   *     now this one first and now that one
   */
  synchronized void granted(
      SlotRequest request, Portion portion, DatabaseTime time, double chance, long now) {
    wishing = false;
    if (!request.limits().equals(limits)) {
      return;
    }
    grantedAt = now;
    portion.slots().forEach(slot -> add(slot, time));
    wanted = Math.max(1, Math.min(wanted, slots.size()));
    if (portion.slots().isEmpty()) {
      noWishBefore =
          time.latest(portion.next()) - (long) (Pace.FIRST_AHEAD.toNanos() * (1 + chance) / 2);
    }
  }

  /**
   * Never before its time, so from the latest moment at which that may be. One half of the grace is
   * for us, if we know the time well enough, and what is left is for the way of the call.
   */
  private void add(Instant slot, DatabaseTime time) {
    long from = time.latest(slot);
    long until = Math.min(from + grace.toNanos() / 2, time.earliest(slot) + grace.toNanos());
    if (until > from) {
      slots.add(new Slot(from, until));
    }
  }

  /**
   * Ends the life of this object, if nothing is lost with it: another takes its place when somebody
   * asks for the key again.
   */
  synchronized boolean forget(long now) {
    forgotten = !wishing && now - askedAt > IDLE;
    return forgotten;
  }
}
