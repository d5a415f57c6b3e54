package io.millrace.scheduler.batch;

import io.millrace.core.BackgroundWork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Claims runs and partitions for as long as this scheduler has room for them. Any number of
 * schedulers do so at the same time.
 */
public final class BatchScheduler extends BackgroundWork {

  private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A kind of thing that can be claimed. */
  private record Kind<T>(Semaphore room, Supplier<Optional<T>> claim, Consumer<T> work) {}

  private final Catalogue catalogue;
  private final LeaseStore leases;
  private final RunManager manager;
  private final PartitionWork partitions;
  private final BatchProperties properties;
  private final BatchListener events;
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().name("millrace-batch-", 0).daemon().factory());
  private boolean announced;
  private boolean away;

  BatchScheduler(
      Catalogue catalogue,
      LeaseStore leases,
      RunManager manager,
      PartitionWork partitions,
      BatchProperties properties,
      BatchListener events) {
    super("millrace-batch");
    this.catalogue = catalogue;
    this.leases = leases;
    this.manager = manager;
    this.partitions = partitions;
    this.properties = properties;
    this.events = events;
  }

  /** Whether the database has answered last. */
  boolean isWell() {
    return isWorking() && !away;
  }

  @Override
  protected void work() throws InterruptedException {
    Kind<ClaimedRun> runs =
        new Kind<>(
            new Semaphore(properties.runs()),
            () -> leases.claimRun(catalogue.names()),
            manager::manage);
    Kind<ClaimedPartition> parts =
        new Kind<>(
            new Semaphore(properties.partitions()),
            () -> leases.claimPartition(catalogue.names()),
            partitions::work);
    while (!isStopping()) {
      end.await(look(runs, parts).toMillis(), TimeUnit.MILLISECONDS);
    }
    manager.close();
    partitions.close();
    threads.shutdown();
    if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow(); // their leases end by themselves
    }
  }

  private Duration look(Kind<ClaimedRun> runs, Kind<ClaimedPartition> parts) {
    try {
      if (!announced) {
        leases.announce(catalogue.all());
        announced = true;
      }
      claim(runs);
      claim(parts);
      if (away) {
        away = false;
        events.on(new BatchEvent.GoesOn());
      }
      return properties.poll();
    } catch (DataAccessException | TransactionException e) {
      if (!away) {
        away = true;
        events.on(new BatchEvent.Hindered(FailureText.of(e)));
      }
      return PAUSE_WHILE_AWAY;
    }
  }

  private <T> void claim(Kind<T> kind) {
    while (!isStopping() && kind.room().tryAcquire()) {
      Optional<T> claimed = Optional.empty();
      try {
        claimed = kind.claim().get();
      } finally {
        if (claimed.isEmpty()) {
          kind.room().release();
        }
      }
      if (claimed.isEmpty()) {
        return;
      }
      T first = claimed.get();
      threads.execute(() -> workOn(kind, first));
    }
  }

  /** Whoever has done one takes the next at once. */
  private <T> void workOn(Kind<T> kind, T first) {
    try {
      for (Optional<T> next = Optional.of(first); next.isPresent(); next = next(kind)) {
        kind.work().accept(next.get());
      }
    } finally {
      kind.room().release();
    }
  }

  private <T> Optional<T> next(Kind<T> kind) {
    try {
      return isStopping() ? Optional.empty() : kind.claim().get();
    } catch (DataAccessException | TransactionException _) {
      return Optional.empty(); // the next look meets it as well, and says so
    }
  }

  @Override
  protected void wake() {
    end.countDown();
  }
}
