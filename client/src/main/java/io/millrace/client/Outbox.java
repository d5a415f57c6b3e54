package io.millrace.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is still to be sent, in order. Thread-safe; one thread takes. */
final class Outbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingMessage> messages = new ArrayDeque<>();

  void add(PendingMessage message) {
    lock.lock();
    try {
      messages.addLast(message);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Puts those that were sent in vain in front again, in their order. */
  void putBack(List<PendingMessage> sentInVain) {
    lock.lock();
    try {
      sentInVain.reversed().forEach(messages::addFirst);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a waiting {@link #take} look at its condition again. */
  void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next message; waits for one while {@code worthwhile}, and returns null when it is not. */
  @Nullable PendingMessage take(BooleanSupplier worthwhile) throws InterruptedException {
    lock.lock();
    try {
      while (worthwhile.getAsBoolean()) {
        PendingMessage next = messages.pollFirst();
        if (next != null) {
          return next;
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
