package io.millrace.worker.pause;

import io.millrace.core.BackgroundWork;
import io.millrace.core.pause.Paused;
import io.millrace.core.store.Notifications;
import io.millrace.core.store.PauseStore;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/**
 * What this worker knows to be paused. It is told of every change, and looks once a second in case
 * it was not; while the database is away, what was known last holds. Safe for use by many threads.
 */
public final class Pauses extends BackgroundWork {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final PauseStore store;
  private final Supplier<Notifications> notifications;
  private final WorkerEvents events;
  private volatile Paused current = Paused.NOTHING; // written under this
  private Consumer<Paused> listener = _ -> {}; // guarded by this

  /**
   * @param notifications opens a connection that hears of changes
   */
  public Pauses(PauseStore store, Supplier<Notifications> notifications, WorkerEvents events) {
    super("millrace-pauses");
    this.store = store;
    this.notifications = notifications;
    this.events = events;
  }

  /** What is paused, as far as is known. */
  public Paused current() {
    return current;
  }

  /** Whether the job is not to begin. */
  public boolean holds(ActiveJob job) {
    return current.holds(job.order().type(), job.order().options().lane());
  }

  /** Has {@code told} hear what is paused, now and whenever that changes, and nobody else. */
  public synchronized void tell(Consumer<Paused> told) {
    listener = told;
    told.accept(current);
  }

  /**
   * Looks what is paused.
   *
   * @throws DataAccessException if the database does not answer
   */
  public void look() {
    Paused found = store.current();
    synchronized (this) {
      if (!found.equals(current)) {
        current = found;
        events.emit(new WorkerEvent.QueuesPaused(found));
        listener.accept(found);
      }
    }
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
}
