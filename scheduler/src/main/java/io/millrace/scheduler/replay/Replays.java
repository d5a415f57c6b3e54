package io.millrace.scheduler.replay;

import io.millrace.core.BackgroundWork;
import io.millrace.core.replay.ReplaySlice;
import io.millrace.core.replay.ReplaySlice.Done;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Does the slices of replays as they are due, for as long as the process lives. Any number of
 * schedulers may do so at the same time.
 */
final class Replays extends BackgroundWork {

  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

  /** How long a replay that was just made may wait for its first slice. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final ReplaySlice slice;
  private final ReplayListener events;
  private Duration backoff = FIRST_BACKOFF;
  private boolean failing;

  Replays(ReplaySlice slice, ReplayListener events) {
    super("millrace-replays");
    this.slice = slice;
    this.events = events;
  }

  /** A stop finishes the slice at hand. */
  @Override
  protected void work() throws InterruptedException {
    while (!isStopping()) {
      pause(step());
    }
  }

  @Override
  protected synchronized void wake() {
    notifyAll();
  }

  /** Does what is due, and answers how long to rest. */
  private Duration step() {
    try {
      var done = slice.next();
      if (failing) {
        failing = false;
        backoff = FIRST_BACKOFF;
        events.on(new ReplayEvent.Recovered());
      }
      done.ifPresent(this::tell);
      return done.isPresent() ? Duration.ZERO : slice.rest(PATIENCE);
    } catch (DataAccessException | TransactionException e) {
      return hindered(String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("replays met what they should not, and go on");
      return hindered(e.toString());
    }
  }

  private void tell(Done done) {
    switch (done) {
      case Done.Slice(var replay, int replayed, int refused) ->
          events.on(new ReplayEvent.Sliced(replay, replayed, refused));
      case Done.Paused(var replay, String reason) ->
          events.on(new ReplayEvent.Paused(replay, reason));
      case Done.Finished(var replay) -> events.on(new ReplayEvent.Finished(replay));
      case Done.Looked _ -> {}
    }
  }

  private Duration hindered(String reason) {
    if (!failing) {
      failing = true;
      events.on(new ReplayEvent.Hindered(reason));
    }
    Duration rest = backoff;
    Duration longer = backoff.multipliedBy(2);
    backoff = longer.compareTo(LONGEST_BACKOFF) < 0 ? longer : LONGEST_BACKOFF;
    return rest;
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    if (!time.isZero() && !isStopping()) {
      wait(Math.max(1, time.toMillis()));
    }
  }
}
