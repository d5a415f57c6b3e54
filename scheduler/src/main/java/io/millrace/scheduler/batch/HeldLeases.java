package io.millrace.scheduler.batch;

import io.millrace.core.BackgroundWork;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * The leases that this scheduler holds: renewed three times in their length, all of them in two
 * statements. Whoever has lost one is told; it could commit nothing more in any case.
 */
final class HeldLeases extends BackgroundWork {

  private final LeaseStore store;
  private final Duration every;
  private final Map<ClaimedRun, Runnable> runs = new ConcurrentHashMap<>();
  private final Map<ClaimedPartition, Runnable> partitions = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);

  HeldLeases(LeaseStore store, Duration lease) {
    super("millrace-batch-leases");
    this.store = store;
    this.every = lease.dividedBy(3);
  }

  /**
   * Renews a lease until it is dropped.
   *
   * @param lost told if it is ours no more
   */
  void hold(ClaimedRun run, Runnable lost) {
    runs.put(run, lost);
  }

  /**
   * Renews a lease until it is dropped.
   *
   * @param lost told if it is ours no more
   */
  void hold(ClaimedPartition partition, Runnable lost) {
    partitions.put(partition, lost);
  }

  void drop(ClaimedRun run) {
    runs.remove(run);
  }

  void drop(ClaimedPartition partition) {
    partitions.remove(partition);
  }

  @Override
  protected void work() throws InterruptedException {
    while (!end.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        renew();
      } catch (DataAccessException _) {
        // Whoever works with the database meets it as well, and says so.
      }
    }
  }

  private void renew() {
    Set<ClaimedRun> managed = Set.copyOf(runs.keySet());
    if (!managed.isEmpty()) {
      Set<?> ours = store.renewRuns(managed);
      managed.stream()
          .filter(run -> !ours.contains(run.id()))
          .forEach(run -> tell(runs.remove(run)));
    }
    Set<ClaimedPartition> worked = Set.copyOf(partitions.keySet());
    if (!worked.isEmpty()) {
      Set<Long> ours = store.renewPartitions(worked);
      worked.stream()
          .filter(partition -> !ours.contains(partition.id()))
          .forEach(partition -> tell(partitions.remove(partition)));
    }
  }

  private static void tell(@Nullable Runnable lost) {
    if (lost != null) { // or it was dropped meanwhile
      lost.run();
    }
  }

  @Override
  protected void wake() {
    end.countDown();
  }
}
