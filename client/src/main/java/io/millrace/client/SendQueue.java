package io.millrace.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is still to be sent, in order. Thread-safe; one thread takes. */
final class SendQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingMessage> messages = new ArrayDeque<>();

  void add(PendingMessage message) {
    change(() -> messages.addLast(message));
  }

  /** Puts those that were sent in vain in front again, in their order. */
  void putBack(List<PendingMessage> sentInVain) {
    change(() -> sentInVain.reversed().forEach(messages::addFirst));
  }

  /** Lets a waiting {@link #take} look at its condition again. */
  void wake() {
    change(() -> {});
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
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
