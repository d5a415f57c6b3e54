package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings parked jobs back when what they wait for is called again: one of them as a probe, then a
 * few, then twice as many with each second, tenant by tenant. At most a window of them is on its
 * way or runs at a time, so that whatever limits their calls is never flooded.
 */
final class ParkedPass implements Pass {

  /** How many come back at first. */
  private static final int FIRST = 8;

  private static final int LONGEST_RAMP = 20;

  private final Surroundings around;

  /** Behind which dependency to go on, where one look did not reach all of them. */
  private String lastDependency = "";

  /** The same for the tenants of a dependency. */
  private final Map<DependencyKey, String> lastTenant = new HashMap<>();

  ParkedPass(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return "parked";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    int most = around.properties().batch();
    List<DependencyKey> awaited = around.parked().jobs().awaited(lastDependency, most);
    lastDependency = awaited.size() < most ? "" : awaited.getLast().value();
    if (awaited.isEmpty()) {
      return 0;
    }
    Map<DependencyKey, DependencyState> troubled = around.parked().dependencies().troubled();
    int done = 0;
    for (DependencyKey dependency : awaited) {
      int window = window(troubled.getOrDefault(dependency, DependencyState.WELL));
      if (window > 0) {
        done += around.transaction().run(() -> bringBack(dependency, window));
      }
    }
    return done;
  }

  private int window(DependencyState state) {
    if (!state.rest().isZero()) {
      return 0;
    }
    if (state.circuit() != Circuit.CLOSED) {
      return state.untilRetry().isZero() ? 1 : 0;
    }
    int doublings = (int) Math.min(LONGEST_RAMP, state.since().toSeconds());
    return Math.min(around.properties().parkedWindow(), FIRST << doublings);
  }

  private int bringBack(DependencyKey dependency, int window)
      throws IOException, InterruptedException {
    String after = lastTenant.getOrDefault(dependency, "");
    List<JobHead> heads = around.parked().jobs().lockNext(dependency, window, after);
    if (heads.isEmpty()) {
      lastTenant.remove(dependency); // from the first tenant again
      return 0;
    }
    lastTenant.put(dependency, heads.getLast().tenant());
    Instant now = around.clock().instant();
    Map<JobType, List<JobHead>> byType =
        heads.stream()
            .collect(Collectors.groupingBy(JobHead::type, TreeMap::new, Collectors.toList()));
    int published = 0;
    for (Map.Entry<JobType, List<JobHead>> each : byType.entrySet()) {
      published += around.transaction().enqueue(each.getKey(), each.getValue(), now);
    }
    if (published > 0) {
      around.events().on(new DispatchEvent.Returned(dependency, published));
    }
    return heads.size();
  }
}
