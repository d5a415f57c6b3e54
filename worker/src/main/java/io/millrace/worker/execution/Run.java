package io.millrace.worker.execution;

import io.millrace.worker.claim.ActiveJob;
import org.jspecify.annotations.Nullable;

/**
 * A handler at work. It ends once: by itself, or by being given up. Safe for use by many threads.
 */
final class Run {

  /** Why a handler is interrupted. */
  enum Reason {
    /** It has run for longer than it may. */
    TIME_LIMIT,
    /** Its job was cancelled. */
    CANCELLED
  }

  private final ActiveJob job;
  private final Thread thread;
  private final long limitAtNanos;

  // Guarded by this.
  private boolean over;
  private @Nullable Reason interrupted;
  private long interruptedAtNanos;

  /**
   * Begins on the current thread.
   *
   * @param limitAtNanos when it has run for long enough, by the monotonic clock
   */
  Run(ActiveJob job, long limitAtNanos) {
    this.job = job;
    this.thread = Thread.currentThread();
    this.limitAtNanos = limitAtNanos;
  }

  ActiveJob job() {
    return job;
  }

  boolean isTooLong(long nowNanos) {
    return nowNanos - limitAtNanos >= 0;
  }

  /** Interrupts the handler, unless it is over, or has been interrupted already. */
  synchronized boolean interrupt(Reason reason, long nowNanos) {
    if (over || interrupted != null) {
      return false;
    }
    interrupted = reason;
    interruptedAtNanos = nowNanos;
    thread.interrupt();
    return true;
  }

  /** Why it was interrupted, if it was. */
  synchronized @Nullable Reason interrupted() {
    return interrupted;
  }

  /**
   * Gives the handler up if it was interrupted so long ago and still runs.
   *
   * @return whether it was given up by this call
   */
  synchronized boolean giveUp(long graceNanos, long nowNanos) {
    if (over || interrupted == null || nowNanos - interruptedAtNanos < graceNanos) {
      return false;
    }
    over = true;
    return true;
  }

  /**
   * The handler has ended. From here on its thread is not interrupted any more.
   *
   * @return false if it was given up before
   */
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }
}
