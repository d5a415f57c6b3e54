package io.millrace.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The messages that are under way: never more than permitted, and each ends once. Thread-safe.
 *
 * <p>Futures complete on a thread of their own, because what is chained to them is foreign code: on
 * the thread that reads from the broker it could wait for a confirmation that only this thread
 * brings.
 */
final class InFlight {

  private final int limit;
  private final Semaphore places;
  private final Executor completions;
  private final Set<PendingMessage> messages = ConcurrentHashMap.newKeySet();

  InFlight(int limit, Executor completions) {
    this.limit = limit;
    this.places = new Semaphore(limit);
    this.completions = completions;
  }

  /** Waits for a place; every place taken is given back by an end, or by {@link #giveBack}. */
  boolean takePlace(Duration atMost) throws InterruptedException {
    return places.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void giveBack() {
    places.release();
  }

  /** Ends what a true {@link #awaitEmpty} began. */
  void giveBackAll() {
    places.release(limit);
  }

  void add(PendingMessage message) {
    messages.add(message);
  }

  int count() {
    return messages.size();
  }

  /** Whether everything has ended within {@code atMost}; after that nothing can begin. */
  boolean awaitEmpty(Duration atMost) throws InterruptedException {
    return places.tryAcquire(limit, atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void succeed(PendingMessage message) {
    if (end(message)) {
      completions.execute(() -> message.future().complete(message.job()));
    }
  }

  void fail(PendingMessage message, PublishException failure) {
    if (end(message)) {
      completions.execute(() -> message.future().completeExceptionally(failure));
    }
  }

  /** Ends those whose time is over. */
  void expire(long nowNanos, String situation) {
    for (PendingMessage message : messages) {
      if (message.isExpired(nowNanos)) {
        fail(
            message,
            message.failure(
                PublishException.Reason.TIMED_OUT,
                message.wasSent(),
                "not confirmed in time, %s; %s. Publish it again with the same id."
                    .formatted(
                        message.wasSent() ? "though it was sent" : "and never sent", situation)));
      }
    }
  }

  /** Ends all that are left. */
  void abandon() {
    for (PendingMessage message : messages) {
      fail(
          message,
          message.failure(
              PublishException.Reason.CLOSED,
              message.wasSent(),
              message.wasSent()
                  ? "the publisher was closed before the confirmation came"
                  : "the publisher was closed before it was sent"));
    }
  }

  private boolean end(PendingMessage message) {
    if (!message.tryFinish()) {
      return false;
    }
    messages.remove(message);
    places.release();
    return true;
  }
}
