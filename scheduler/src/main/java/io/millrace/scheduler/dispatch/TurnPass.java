package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dispatches, of the jobs that wait for their turn, as many as their concurrency key has room for.
 */
final class TurnPass implements Pass {

  private final Surroundings around;

  /** Behind which key of a type to go on, where one batch did not reach all of them. */
  private final Map<JobType, String> lastKey = new HashMap<>();

  TurnPass(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return "turn";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    int done = 0;
    for (JobType type : around.due().typesInTurn()) {
      String after = lastKey.getOrDefault(type, "");
      List<String> keys = around.due().keysInTurn(type, after, around.properties().batch());
      lastKey.put(type, keys.size() < around.properties().batch() ? "" : keys.getLast());
      if (!keys.isEmpty()) {
        done += around.transaction().run(() -> dispatch(type, keys, around.clock().instant()));
      }
    }
    return done;
  }

  private int dispatch(JobType type, List<String> keys, Instant now)
      throws IOException, InterruptedException {
    // A type that is limited no more lets all that wait go, batch by batch.
    int limit = around.concurrency().limitOf(type).orElse(around.properties().window());
    List<JobHead> ready = around.due().lockNextInTurn(type, keys, limit);
    int published = around.transaction().enqueue(type, ready, now);
    if (published > 0) {
      around.events().on(new DispatchEvent.Dispatched(type, published));
    }
    return ready.size();
  }
}
