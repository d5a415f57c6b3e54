package io.millrace.chaos.load;

import io.millrace.client.JobPublisher;
import io.millrace.client.PublishException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a steady stream of jobs, as an upstream system would that takes confirmed messages for
 * promises. What piles up while there is no broker is published when it is back.
 */
public final class Publishing implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_IN_FLIGHT = 20_000;

  private final List<Message> messages = new ArrayList<>();
  private final AtomicInteger confirmed = new AtomicInteger();
  private final Map<PublishException.Reason, Integer> unconfirmed =
      new EnumMap<>(PublishException.Reason.class);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Workload workload;
  private final JobPublisher publisher;
  private final long intervalNanos;
  private final Thread thread = Thread.ofPlatform().name("publishing").unstarted(this::publishAll);

  /**
   * @param rate how many messages a second
   */
  public Publishing(String broker, long seed, int rate, InstantSource clock) {
    this.workload = new Workload(seed, clock);
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
    this.publisher =
        JobPublisher.builder()
            .uri(broker)
            .name("chaos, publishing")
            .maxInFlight(MOST_IN_FLIGHT)
            .closeTimeout(CLOSE_LIMIT)
            .connect();
  }

  public void start() {
    thread.start();
  }

  /** Publishes nothing more, and waits for what is not confirmed yet, within bounds. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }

  /** How many different messages were published so far. */
  public int published() {
    synchronized (messages) {
      return messages.size();
    }
  }

  /** How many different messages are promises by now. */
  public int confirmed() {
    return confirmed.get();
  }

  /** Why copies were not confirmed, and how many; they are no promises. */
  public Map<PublishException.Reason, Integer> unconfirmed() {
    synchronized (unconfirmed) {
      return Map.copyOf(unconfirmed);
    }
  }

  public List<Publication> publications() {
    synchronized (messages) {
      return messages.stream().map(Message::publication).toList();
    }
  }

  private void publishAll() {
    long next = System.nanoTime();
    try {
      while (!stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        publish(choose());
        next += intervalNanos;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Message choose() {
    synchronized (messages) {
      Message message = workload.next(messages);
      if (message.published()) {
        messages.add(message);
      }
      return message;
    }
  }

  private void publish(Message message) {
    try {
      publisher
          .job(message.type())
          .messageId(message.id())
          .notBefore(message.notBefore())
          .payload(message.payload())
          .publish()
          .whenComplete((_, failure) -> ended(message, failure));
    } catch (PublishException e) {
      ended(message, e);
    }
  }

  private void ended(Message message, @Nullable Throwable failure) {
    if (failure instanceof PublishException e) {
      synchronized (unconfirmed) {
        unconfirmed.merge(e.reason(), 1, Integer::sum);
      }
      return;
    }
    if (message.confirmed()) {
      confirmed.incrementAndGet();
    }
  }
}
