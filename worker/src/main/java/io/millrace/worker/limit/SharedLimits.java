package io.millrace.worker.limit;

import io.millrace.core.BackgroundWork;
import io.millrace.core.Pause;
import io.millrace.core.limit.LimitStore;
import io.millrace.core.limit.Pace;
import io.millrace.core.limit.RateLimit;
import io.millrace.core.limit.SlotRequest;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the limits of third parties together with all other workers on the same database: whatever
 * they do, stretches of time as long as a window see no more calls than its limit and 5 %, as long
 * as a call that was let go is made at once, and a demand that does not end gets 90 % or more of
 * it. Safe for use by many threads; nobody who asks ever waits in here. Nothing that is limited is
 * let go before it is started.
 *
 * <p>Calls go by slots that were reserved before, a quarter of a second of them at most, by one
 * thread of this object in one transaction for all keys. A slot that is not used within moments of
 * its time is lost: whoever has stood still does not make up for it. So while the database is away
 * nothing goes, a quarter of a second later at most.
 *
 * <p>Between workers the first to come is the first served, portion by portion. As no portion
 * reaches further than that quarter of a second, one with little demand waits for so long, and not
 * behind all that another has to do. Where slots are further apart than a second, those who wait
 * draw lots for each of them.
 */
public final class SharedLimits extends BackgroundWork {

  /**
   * What it goes by.
   *
   * @param nanoTime the monotonic clock, as {@link System#nanoTime}
   * @param pause how the thread rests while the database is away
   * @param chance from 0 to 1
   */
  public record Time(LongSupplier nanoTime, Pause pause, DoubleSupplier chance) {}

  private static final int MOST_KEYS_AT_ONCE = 250;
  private static final int LONGEST_KEY = 400;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final long ASK_AGAIN_WHILE_AWAY = Pace.AHEAD.toNanos();
  private static final long TIDY_EVERY = Duration.ofMinutes(1).toNanos();
  private static final long FORGET_EVERY = Duration.ofHours(1).toNanos();
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final LimitStore store;
  private final TransactionOperations transaction;
  private final Time time;
  private final WorkerEvents events;
  private final Map<String, LimitedKey> keys = new ConcurrentHashMap<>();
  private final BlockingQueue<LimitedKey> wishes = new LinkedBlockingQueue<>();

  // Of the thread.
  private final DatabaseTime databaseTime = new DatabaseTime();
  private Duration pause = FIRST_PAUSE;
  private long awaySince;
  private long tidiedAt;
  private long forgotAt;

  private volatile boolean away;

  public SharedLimits(
      LimitStore store, TransactionOperations transaction, Time time, WorkerEvents events) {
    super("millrace-limits");
    this.store = store;
    this.transaction = transaction;
    this.time = time;
    this.events = events;
    this.tidiedAt = time.nanoTime().getAsLong();
    this.forgotAt = tidiedAt;
  }

  /** It is there before the worker begins, and until that has ended. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  /**
   * Asks for one call. A call that is let go is to be made at once: what it is held up after that,
   * the third party sees.
   *
   * @param key what is limited: the name of a dependency, or a host; 1 to 400 characters without
   *     control characters
   * @param limits all of which hold; the same for all workers. With none of them calls are free
   * @return 0 if the call may be made now; otherwise in how many nanoseconds to ask again, since no
   *     call can be let go before
   * @throws IllegalArgumentException if the key is none
   */
  public long tryAcquire(String key, List<RateLimit> limits) {
    if (limits.isEmpty()) {
      return 0;
    }
    long wait = key(key).ask(limits, now());
    return wait > 0 && away ? Math.max(wait, ASK_AGAIN_WHILE_AWAY) : wait;
  }

  private LimitedKey key(String name) {
    LimitedKey known = keys.get(name);
    return known != null ? known : keys.computeIfAbsent(name, this::newKey);
  }

  private LimitedKey newKey(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST_KEY
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the key of a rate limit has 1 to %d characters, and none that control: '%s'"
              .formatted(LONGEST_KEY, name));
    }
    return new LimitedKey(name, wishes::add, now());
  }

  @Override
  protected void work() throws InterruptedException {
    while (!isStopping()) {
      LimitedKey first = wishes.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        wishes.add(first);
      }
      round();
    }
  }

  /** Does what is wished for, as far as the database does; rests if that is away. */
  void round() throws InterruptedException {
    List<LimitedKey> wishing = new ArrayList<>();
    wishes.drainTo(wishing, MOST_KEYS_AT_ONCE);
    try {
      if (!wishing.isEmpty()) {
        reserve(wishing);
        wishing.clear();
        comeBack();
      }
      tidy();
    } catch (RuntimeException e) {
      wishes.addAll(wishing);
      leave(e);
      time.pause().rest(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void reserve(List<LimitedKey> wishing) {
    Map<LimitedKey, SlotRequest> requests = new HashMap<>();
    wishing.forEach(key -> requests.put(key, key.request(now())));
    LimitStore.Reservation reserved =
        Objects.requireNonNull(
            transaction.execute(_ -> store.reserve(requests.values())), "every store answers");
    databaseTime.observe(reserved.clock());
    requests.forEach(
        (key, request) ->
            key.granted(
                request,
                reserved.portion(key.name()),
                databaseTime,
                time.chance().getAsDouble(),
                now()));
  }

  private void tidy() {
    long now = now();
    if (now - tidiedAt > TIDY_EVERY) {
      tidiedAt = now;
      keys.values().removeIf(key -> key.forget(now));
    }
    if (now - forgotAt > FORGET_EVERY) {
      forgotAt = now;
      store.forgetIdle();
    }
  }

  private void leave(RuntimeException e) {
    if (!away && !isStopping()) {
      away = true;
      awaySince = now();
      events.emit(
          new WorkerEvent.LimitsLost(
              String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())));
    }
  }

  private void comeBack() {
    pause = FIRST_PAUSE;
    if (away) {
      away = false;
      events.emit(new WorkerEvent.LimitsBack(Duration.ofNanos(now() - awaySince)));
    }
  }

  private long now() {
    return time.nanoTime().getAsLong();
  }
}
