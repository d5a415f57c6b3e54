package io.millrace.worker.dependency;

import io.millrace.core.BackgroundWork;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.Notifications;
import io.millrace.worker.dependency.DependencySettings.CircuitSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What this worker knows of the circuits that all workers share, and its part in them. It is told
 * of every change, and looks once a second in case it was not. What it writes, it writes on a
 * thread of its own, so that nobody waits for the database. Safe for use by many threads.
 */
final class Circuits extends BackgroundWork implements SharedCircuits {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final DependencyStore store;
  private final Supplier<Notifications> notifications;
  private final LongSupplier nanoTime;
  private volatile Map<DependencyKey, CircuitView> troubled = Map.of();
  private volatile Runnable changed = () -> {};

  private @Nullable ExecutorService writes; // guarded by this

  /**
   * @param notifications opens a connection that hears of changes
   * @param nanoTime the monotonic clock
   */
  Circuits(DependencyStore store, Supplier<Notifications> notifications, LongSupplier nanoTime) {
    super("millrace-circuits");
    this.store = store;
    this.notifications = notifications;
    this.nanoTime = nanoTime;
  }

  /** Has {@code listener} told whenever something may have changed, and nobody else. */
  void tell(Runnable listener) {
    changed = listener;
  }

  @Override
  public @Nullable CircuitView of(DependencyKey key) {
    return troubled.get(key);
  }

  @Override
  public void open(
      DependencyKey key,
      Circuit from,
      CircuitSettings settings,
      String reason,
      Consumer<Boolean> done) {
    write(() -> store.open(key, from, settings.openFor(), settings.openForAtMost(), reason), done);
  }

  @Override
  public void probe(DependencyKey key, Duration patience, Consumer<Boolean> done) {
    write(() -> store.probe(key, patience), done);
  }

  @Override
  public void close(DependencyKey key, Consumer<Boolean> done) {
    write(() -> store.close(key), done);
  }

  @Override
  public void rest(DependencyKey key, Duration rest) {
    write(
        () -> {
          store.rest(key, rest);
          return true;
        },
        _ -> {});
  }

  private void write(BooleanSupplier statement, Consumer<Boolean> done) {
    try {
      writes().execute(() -> done.accept(written(statement)));
    } catch (RejectedExecutionException _) {
      done.accept(false); // it stops
    }
  }

  private boolean written(BooleanSupplier statement) {
    try {
      boolean written = statement.getAsBoolean();
      look();
      return written;
    } catch (DataAccessException _) {
      return false; // what is not written now is found out again
    }
  }

  private synchronized ExecutorService writes() {
    ExecutorService current = writes;
    if (current == null) {
      current =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().name("millrace-circuit-writes").daemon().factory());
      writes = current;
    }
    return current;
  }

  @Override
  protected synchronized void wake() {
    if (writes != null) {
      writes.shutdown();
    }
    writes = null;
  }

  @Override
  protected void work() throws InterruptedException {
    try (Notifications heard = notifications.get()) {
      while (!isStopping()) {
        lookIfPossible();
        heard.await(LOOK);
      }
    }
  }

  private void lookIfPossible() {
    try {
      look();
    } catch (DataAccessException _) {
      // What was known last still holds; the next look is in a second.
    }
  }

  private void look() {
    long now = nanoTime.getAsLong();
    Map<DependencyKey, CircuitView> views = new HashMap<>();
    for (Map.Entry<DependencyKey, DependencyState> each : store.troubled().entrySet()) {
      views.put(each.getKey(), CircuitView.of(each.getValue(), now));
    }
    troubled = Map.copyOf(views);
    changed.run();
  }
}
