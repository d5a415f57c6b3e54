package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dispatches, of the jobs that wait for their turn, as many as their concurrency key has room for.
 */
final class TurnPass implements Pass {

  private final DueStore due;
  private final DispatchTransaction transaction;
  private final ConcurrencyProperties concurrency;
  private final DispatcherProperties properties;
  private final InstantSource clock;
  private final DispatchListener events;

  /** Behind which key of a type to go on, where one batch did not reach all of them. */
  private final Map<JobType, String> lastKey = new HashMap<>();

  TurnPass(
      DueStore due,
      DispatchTransaction transaction,
      ConcurrencyProperties concurrency,
      DispatcherProperties properties,
      InstantSource clock,
      DispatchListener events) {
    this.due = due;
    this.transaction = transaction;
    this.concurrency = concurrency;
    this.properties = properties;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public String name() {
    return "turn";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    int done = 0;
    for (JobType type : due.typesInTurn()) {
      String after = lastKey.getOrDefault(type, "");
      List<String> keys = due.keysInTurn(type, after, properties.batch());
      lastKey.put(type, keys.size() < properties.batch() ? "" : keys.getLast());
      if (!keys.isEmpty()) {
        done += transaction.run(() -> dispatch(type, keys, clock.instant()));
      }
    }
    return done;
  }

  private int dispatch(JobType type, List<String> keys, Instant now)
      throws IOException, InterruptedException {
    // A type that is limited no more lets all that wait go, batch by batch.
    int limit = concurrency.limitOf(type).orElse(properties.window());
    List<JobHead> ready = due.lockNextInTurn(type, keys, limit);
    transaction.enqueue(type, ready, now);
    if (!ready.isEmpty()) {
      events.on(new DispatchEvent.Dispatched(type, ready.size()));
    }
    return ready.size();
  }
}
