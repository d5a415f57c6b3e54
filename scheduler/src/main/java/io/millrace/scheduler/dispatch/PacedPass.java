package io.millrace.scheduler.dispatch;

import java.io.IOException;
import java.time.Duration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A pass with its pace: at once again while there is something to do, slower while it fails. */
final class PacedPass {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final Pass pass;
  private final Duration interval;
  private final DispatchListener events;
  private long nextNanos = System.nanoTime();
  private Duration backoff = FIRST_BACKOFF;
  private boolean failing;

  PacedPass(DispatchPasses.Timed timed, DispatchListener events) {
    this.pass = timed.pass();
    this.interval = timed.interval();
    this.events = events;
  }

  /** Whether it is time to look. */
  boolean isDue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  /** Lets it look at once, unless it fails. */
  void hurry() {
    if (!failing) {
      nextNanos = System.nanoTime();
    }
  }

  /** How long until it is time to look, zero if it is. */
  Duration pause(long nowNanos) {
    return Duration.ofNanos(Math.max(0, nextNanos - nowNanos));
  }

  /** Looks once. */
  void run() throws InterruptedException {
    try {
      int done = pass.run();
      if (failing) {
        failing = false;
        backoff = FIRST_BACKOFF;
        events.on(new DispatchEvent.PassRecovered(pass.name()));
      }
      nextNanos = System.nanoTime() + (done > 0 ? 0 : pass.rest(interval).toNanos());
    } catch (IOException | DataAccessException | TransactionException e) {
      if (!failing) {
        failing = true;
        events.on(
            new DispatchEvent.PassFailed(
                pass.name(),
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())));
      }
      nextNanos = System.nanoTime() + backoff.toNanos();
      backoff =
          backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) < 0
              ? backoff.multipliedBy(2)
              : LONGEST_BACKOFF;
    }
  }

  /** Whether its last look succeeded. */
  boolean isWell() {
    return !failing;
  }
}
