package io.millrace.scheduler.dispatch;

import io.millrace.core.store.ResultStore;
import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.core.store.ResultStore.Slice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Drops results that have been kept for as long as they are to be, from the oldest on, a slice of
 * time with each look. How far it has got is committed together with what it has dropped.
 */
final class ResultPass implements Pass {

  /** Until it has caught up: others need the dispatcher and the database more. */
  private static final Duration REST_WHILE_BEHIND = Duration.ofMillis(100);

  private final Surroundings around;
  private final ResultStore results;

  /** How long to keep, by type and for {@link ResultStore#OTHERS}. */
  private final Map<String, Duration> keep = new HashMap<>();

  private final Map<String, SliceLength> lengths = new HashMap<>();
  private boolean behind;

  ResultPass(Surroundings around, ResultStore results, ResultProperties properties) {
    this.around = around;
    this.results = results;
    keep.put(ResultStore.OTHERS, properties.keep());
    properties.types().keySet().forEach(type -> keep.put(type, properties.ofType(type)));
  }

  @Override
  public String name() {
    return "results";
  }

  /** Answers that there is nothing to do, also while it is behind: it rests all the same. */
  @Override
  public int run() throws IOException, InterruptedException {
    behind = false;
    for (Map.Entry<String, Duration> each : keep.entrySet()) {
      if (!each.getValue().isZero()) {
        Instant now = around.clock().instant();
        int dropped = around.transaction().run(() -> drop(each.getKey(), each.getValue(), now));
        if (dropped > 0) {
          around.events().on(new DispatchEvent.ResultsDropped(dropped));
        }
      }
    }
    return 0;
  }

  @Override
  public Duration rest(Duration interval) {
    return behind ? REST_WHILE_BEHIND : interval;
  }

  private int drop(String type, Duration kept, Instant now) {
    Map<String, Instant> before = results.claim().orElse(null);
    if (before == null) {
      return 0;
    }
    Map<String, Instant> droppedUntil = asConfigured(before);
    Instant after = droppedUntil.getOrDefault(type, Instant.EPOCH);
    Instant end = now.minus(kept);
    int dropped = 0;
    if (after.isBefore(end)) {
      SliceLength length =
          lengths.getOrDefault(type, SliceLength.first(around.properties().batch()));
      boolean last = !after.plus(length.length()).isBefore(end);
      Instant until = last ? end : after.plus(length.length());
      Dropped found = results.drop(slice(type, after, until), length.most(), now);
      if (length.isDone(found)) {
        droppedUntil.put(type, until);
      }
      behind |= length.isTooLong(found) || length.isDone(found) && !last;
      lengths.put(type, length.after(found));
      dropped = found.dropped();
    }
    if (!droppedUntil.equals(before)) {
      results.save(droppedUntil);
    }
    return dropped;
  }

  private Slice slice(String type, Instant after, Instant until) {
    if (!type.equals(ResultStore.OTHERS)) {
      return new Slice(after, until, Set.of(type), false);
    }
    Set<String> types = new HashSet<>(keep.keySet());
    types.remove(ResultStore.OTHERS);
    return new Slice(after, until, types, true);
  }

  /**
   * A type that has a time of its own from now on has got as far as all others. One that has none
   * any more takes all others back to where it has got; what they have dropped since is passed
   * over.
   */
  private Map<String, Instant> asConfigured(Map<String, Instant> before) {
    Map<String, Instant> droppedUntil = new HashMap<>(before);
    Instant others = before.getOrDefault(ResultStore.OTHERS, Instant.EPOCH);
    for (Map.Entry<String, Instant> each : before.entrySet()) {
      if (!keep.containsKey(each.getKey())) {
        droppedUntil.remove(each.getKey());
        others = each.getValue().isBefore(others) ? each.getValue() : others;
      }
    }
    droppedUntil.put(ResultStore.OTHERS, others);
    for (String type : keep.keySet()) {
      droppedUntil.putIfAbsent(type, others);
    }
    return droppedUntil;
  }
}
