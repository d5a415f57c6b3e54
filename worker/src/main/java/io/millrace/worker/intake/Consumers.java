package io.millrace.worker.intake;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The consumers of one connection: one for each queue, but for those whose messages are left to the
 * broker. Waits for the broker's answers, so it must not be called by the thread that reads from
 * it. Safe for use by many threads.
 */
final class Consumers {

  /** Opens a channel with a consumer, which does not consume yet. */
  @FunctionalInterface
  interface Opening {
    QueueConsumer of(String queue, Runnable lost) throws IOException;
  }

  private final Set<String> queues;
  private final Opening opening;
  private final CountDownLatch lost = new CountDownLatch(1);

  // Guarded by this.
  private final Map<String, QueueConsumer> consuming = new LinkedHashMap<>();
  private boolean finished;

  Consumers(Set<String> queues, Opening opening) {
    this.queues = queues;
    this.opening = opening;
  }

  /**
   * Leaves the messages of some queues to the broker, and consumes all others.
   *
   * @param which the queues; asked when it is this call's turn, so that the last answer holds
   * @return those that consume no more: what they have delivered and nobody has taken is to be
   *     given back
   */
  synchronized List<QueueConsumer> leave(Supplier<Set<String>> which) throws IOException {
    Set<String> left = which.get();
    List<QueueConsumer> retired = new ArrayList<>();
    for (String queue : queues) {
      if (left.contains(queue)) {
        QueueConsumer consumer = consuming.remove(queue);
        if (consumer != null) {
          consumer.retire();
          retired.add(consumer);
        }
      } else if (!finished && !consuming.containsKey(queue)) {
        QueueConsumer consumer = opening.of(queue, lost::countDown);
        consuming.put(queue, consumer);
        consumer.consume();
      }
    }
    return retired;
  }

  /** Keeps acknowledgements back, so that the broker sends no more than it may. */
  synchronized void wane() {
    consuming.values().forEach(QueueConsumer::holdAcknowledgements);
  }

  /** Takes no further messages; what was kept back is acknowledged. */
  synchronized void finish() {
    finished = true;
    try {
      for (QueueConsumer consumer : consuming.values()) {
        consumer.cancel();
        consumer.releaseAcknowledgements();
      }
    } catch (IOException | ShutdownSignalException _) {
      lost.countDown();
    }
  }

  /** How many queues are consumed. */
  synchronized int size() {
    return consuming.size();
  }

  /** Whether the connection, or a consumer on it, is lost. */
  boolean areLost() {
    return lost.getCount() == 0;
  }

  /** Takes it that they are. */
  void lose() {
    lost.countDown();
  }

  /** Waits until they are. */
  void awaitLoss() throws InterruptedException {
    lost.await();
  }
}
