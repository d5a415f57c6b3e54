package io.millrace.worker.claim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/** Jobs whose rows are to be looked at again at a later time. Safe for use by many threads. */
public final class HeldJobs {

  private record Held(ActiveJob job, Instant lookAt) {}

  private static final Duration LATER = Duration.ofSeconds(1);

  /** Longer than it takes to find out that a worker is dead. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  private final InstantSource clock;
  private final Queue<Held> held = new PriorityQueue<>(Comparator.comparing(Held::lookAt));

  public HeldJobs(InstantSource clock) {
    this.clock = clock;
  }

  /** The job's end was not ours to write: its row says what to do. */
  public synchronized void lookAgainSoon(ActiveJob job) {
    held.add(new Held(job, clock.instant()));
  }

  /**
   * The job runs elsewhere: its row is to be looked at again.
   *
   * @return false, and it is not taken, if that has gone on for long enough
   */
  synchronized boolean lookAgainLater(ActiveJob job) {
    Instant now = clock.instant();
    if (job.arrivedAt().plus(LONG_ENOUGH).isBefore(now)) {
      return false;
    }
    held.add(new Held(job, now.plus(LATER)));
    return true;
  }

  /** How many there are. */
  public synchronized int size() {
    return held.size();
  }

  synchronized List<ActiveJob> takeDue() {
    Instant now = clock.instant();
    List<ActiveJob> due = new ArrayList<>();
    for (Held next = held.peek(); next != null && !next.lookAt().isAfter(now); next = held.peek()) {
      due.add(next.job());
      held.remove();
    }
    return due;
  }
}
