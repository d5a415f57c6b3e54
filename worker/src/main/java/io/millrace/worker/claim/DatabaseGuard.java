package io.millrace.worker.claim;

import io.millrace.core.Pause;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Stands between the pipeline and the database: what fails because the database is away is tried
 * until it succeeds, and nothing is consumed meanwhile. Safe for use by many threads.
 */
public final class DatabaseGuard {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Intake intake;
  private final Pause pause;
  private final InstantSource clock;
  private final WorkerEvents events;

  // Guarded by this.
  private int waiting;
  private @Nullable Instant awaySince;

  public DatabaseGuard(Intake intake, Pause pause, InstantSource clock, WorkerEvents events) {
    this.intake = intake;
    this.pause = pause;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Does {@code work}, again and again until the database has done it. So it must be safe to
   * repeat, also after a commit whose answer was lost.
   *
   * @throws DataIntegrityViolationException if the database refuses the data itself
   * @throws InterruptedException if interrupted between two attempts
   */
  public <T> T insist(Supplier<T> work) throws InterruptedException {
    Duration rest = FIRST_PAUSE;
    boolean failed = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (DataIntegrityViolationException e) {
          throw e;
        } catch (ConcurrencyFailureException _) {
          // A deadlock was resolved at our cost: at once again.
        } catch (DataAccessException | TransactionException e) {
          if (!failed) {
            failed = true;
            leave(e);
          }
          pause.rest(rest);
          rest =
              rest.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? rest.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
    } finally {
      if (failed) {
        comeBack();
      }
    }
  }

  private synchronized void leave(Exception e) {
    if (waiting++ == 0) {
      awaySince = clock.instant();
      events.emit(
          new WorkerEvent.DatabaseLost(
              String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())));
      intake.pause();
    }
  }

  private synchronized void comeBack() {
    Instant since = awaySince;
    if (--waiting == 0 && since != null) {
      awaySince = null;
      intake.resume();
      events.emit(new WorkerEvent.DatabaseBack(Duration.between(since, clock.instant())));
    }
  }
}
