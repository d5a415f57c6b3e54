package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dispatches what is due: type by type, as far as the type's window in the broker has room, and
 * tenant by tenant within it, so that nobody waits for another's million.
 */
final class DuePass implements Pass {

  private final DueStore due;
  private final DispatchTransaction transaction;
  private final ConcurrencyProperties concurrency;
  private final DispatcherProperties properties;
  private final InstantSource clock;
  private final DispatchListener events;

  /** Behind which tenant of a type to go on, where one batch did not reach all of them. */
  private final Map<JobType, String> lastTenant = new HashMap<>();

  DuePass(
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
    return "due";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    Instant now = clock.instant();
    Optional<Instant> next = due.next();
    boolean overdue = next.isPresent() && !next.get().isAfter(now);
    events.on(
        new DispatchEvent.LagMeasured(overdue ? Duration.between(next.get(), now) : Duration.ZERO));
    if (!overdue) {
      return 0;
    }
    Map<JobType, Integer> queued = due.queued();
    int done = 0;
    for (JobType type : due.waitingTypes()) {
      int room = properties.window() - queued.getOrDefault(type, 0);
      if (room > 0) {
        done += dispatch(type, Math.min(room, properties.batch()), now);
      }
    }
    return done;
  }

  private int dispatch(JobType type, int most, Instant now)
      throws IOException, InterruptedException {
    String after = lastTenant.getOrDefault(type, "");
    List<String> tenants = due.tenantsWithDue(type, after, now, most);
    lastTenant.put(type, tenants.size() < most ? "" : tenants.getLast());
    if (tenants.isEmpty()) {
      return after.isEmpty() ? 0 : dispatch(type, most, now);
    }
    return transaction.run(
        () -> dispatchLocked(type, due.lockDue(type, tenants, most / tenants.size(), now), now));
  }

  private int dispatchLocked(JobType type, List<JobHead> heads, Instant now)
      throws IOException, InterruptedException {
    List<JobHead> ready = new ArrayList<>();
    List<JobChange> expired = new ArrayList<>();
    List<JobChange> deferred = new ArrayList<>();
    boolean limited = concurrency.limitOf(type).isPresent();
    for (JobHead head : heads) {
      if (head.isLate(now)) {
        expired.add(
            head.end(
                DispatchTransaction.next(head, new JobAction.Expire(), now),
                now,
                head.setbacks(),
                Job.Ending.NONE));
      } else if (limited && head.concurrencyKey() != null) {
        deferred.add(head.change(DispatchTransaction.next(head, new JobAction.Defer(), now)));
      } else {
        ready.add(head);
      }
    }
    transaction.write(expired);
    transaction.write(deferred);
    transaction.enqueue(type, ready, now);
    report(type, ready.size(), deferred.size(), expired.size());
    return heads.size();
  }

  private void report(JobType type, int ready, int deferred, int expired) {
    if (ready > 0) {
      events.on(new DispatchEvent.Dispatched(type, ready));
    }
    if (deferred > 0) {
      events.on(new DispatchEvent.Deferred(type, deferred));
    }
    if (expired > 0) {
      events.on(new DispatchEvent.Expired(expired));
    }
  }
}
