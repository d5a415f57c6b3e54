package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches what is due: type by type, as far as the type's window in the broker has room, and
 * tenant by tenant within it, so that nobody waits for another's million.
 */
final class DuePass implements Pass {

  private static final Duration LEAST_REST = Duration.ofMillis(1);

  private final Surroundings around;

  /** Behind which tenant of a type to go on, where one batch did not reach all of them. */
  private final Map<JobType, String> lastTenant = new HashMap<>();

  /** When the next job is due; null if none waits, or one is overdue. */
  private @Nullable Instant next;

  DuePass(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return "due";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    Instant now = around.clock().instant();
    Instant first = around.due().next().orElse(null);
    boolean overdue = first != null && !first.isAfter(now);
    next = overdue ? null : first;
    Duration lag = overdue ? Duration.between(first, now) : Duration.ZERO;
    around.events().on(new DispatchEvent.LagMeasured(lag));
    if (!overdue) {
      return 0;
    }
    Map<JobType, Integer> queued = around.due().queued();
    int done = 0;
    for (JobType type : around.due().waitingTypes()) {
      int room = around.properties().window() - queued.getOrDefault(type, 0);
      if (room > 0) {
        done += dispatch(type, Math.min(room, around.properties().batch()), now);
      }
    }
    return done;
  }

  /** What is due in a moment is not kept waiting for longer. */
  @Override
  public Duration rest(Duration interval) {
    if (next == null) {
      return interval;
    }
    Duration left = Duration.between(around.clock().instant(), next);
    if (left.compareTo(interval) >= 0) {
      return interval;
    }
    return left.compareTo(LEAST_REST) < 0 ? LEAST_REST : left;
  }

  private int dispatch(JobType type, int most, Instant now)
      throws IOException, InterruptedException {
    String after = lastTenant.getOrDefault(type, "");
    List<String> tenants = around.due().tenantsWithDue(type, after, now, most);
    lastTenant.put(type, tenants.size() < most ? "" : tenants.getLast());
    if (tenants.isEmpty()) {
      return after.isEmpty() ? 0 : dispatch(type, most, now);
    }
    return around
        .transaction()
        .run(
            () ->
                dispatchLocked(
                    type, around.due().lockDue(type, tenants, most / tenants.size(), now), now));
  }

  private int dispatchLocked(JobType type, List<JobHead> heads, Instant now)
      throws IOException, InterruptedException {
    List<JobHead> ready = new ArrayList<>();
    List<JobChange> expired = new ArrayList<>();
    List<JobChange> deferred = new ArrayList<>();
    boolean limited = around.concurrency().limitOf(type).isPresent();
    for (JobHead head : heads) {
      if (head.isLate(now)) {
        expired.add(
            head.end(
                Lifecycle.next(head.standing(), new JobAction.Expire(), now),
                now,
                head.setbacks(),
                Job.Ending.NONE));
      } else if (limited && head.concurrencyKey() != null) {
        deferred.add(head.change(Lifecycle.next(head.standing(), new JobAction.Defer(), now)));
      } else {
        ready.add(head);
      }
    }
    around.transaction().write(expired);
    around.transaction().write(deferred);
    int published = around.transaction().enqueue(type, ready, now);
    report(type, published, deferred.size(), expired.size());
    return heads.size();
  }

  private void report(JobType type, int published, int deferred, int expired) {
    if (published > 0) {
      around.events().on(new DispatchEvent.Dispatched(type, published));
    }
    if (deferred > 0) {
      around.events().on(new DispatchEvent.Deferred(type, deferred));
    }
    if (expired > 0) {
      around.events().on(new DispatchEvent.Expired(expired));
    }
  }
}
