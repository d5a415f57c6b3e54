package io.millrace.worker.intake;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.millrace.client.contract.JobType;
import io.millrace.core.Pause;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerRefusedException;
import io.millrace.core.broker.Topology;
import io.millrace.core.pause.Paused;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the queues of this worker's types and holds what has arrived until it is claimed. It
 * connects by itself, again and again; what a lost connection had delivered is delivered again by
 * the broker, so its acknowledgements are discarded.
 */
public final class AmqpIntake implements Intake {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final BrokerConnector connector;
  private final TypeQueues queues;
  private final int prefetch;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
  private final Thread keeper;

  private volatile boolean stopped;
  private volatile long lastArrivalNanos = System.nanoTime();

  // Guarded by this.
  private @Nullable Consumers consumers;
  private boolean paused;
  private boolean finished;
  private final HeldDeliveries held = new HeldDeliveries();
  private volatile Set<String> leftQueues = Set.of(); // written under this

  /**
   * @param prefetch how many messages of one queue may be unacknowledged at a time
   */
  public AmqpIntake(
      BrokerConnector connector,
      Collection<JobType> types,
      int prefetch,
      InstantSource clock,
      WorkerEvents events) {
    this.connector = connector;
    this.queues = new TypeQueues(types);
    this.prefetch = prefetch;
    this.clock = clock;
    this.events = events;
    this.keeper = Thread.ofPlatform().name("millrace-intake").unstarted(this::keepConnected);
  }

  /** Begins to consume, as soon as the broker lets it. */
  public void start() {
    keeper.start();
  }

  @Override
  public List<Delivery> take(int most, Duration patience) throws InterruptedException {
    if (!mayTake(patience)) {
      return List.of();
    }
    Delivery first = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return List.of();
    }
    List<Delivery> batch = new ArrayList<>();
    batch.add(first);
    arrived.drainTo(batch, most - 1);
    return batch;
  }

  private synchronized boolean mayTake(Duration patience) throws InterruptedException {
    if (paused) {
      wait(patience.toMillis());
    }
    arrived.addAll(held.removeOld(clock.instant()));
    return !paused;
  }

  @Override
  public boolean isEmpty() {
    return arrived.isEmpty();
  }

  @Override
  public void acknowledge(Collection<Delivery> deliveries) {
    Map<Delivery.Source, List<Long>> tags =
        deliveries.stream()
            .collect(
                Collectors.groupingBy(
                    Delivery::source, Collectors.mapping(Delivery::tag, Collectors.toList())));
    tags.forEach(Delivery.Source::acknowledge);
  }

  /**
   * Lets the broker come to rest before a stop: acknowledgements are kept back, so that it sends no
   * more than it may and nothing is on its way any more, when {@link #stopConsuming} is called.
   */
  public void wane() {
    Consumers current = consumers();
    if (current != null) {
      current.wane();
    }
  }

  /** Takes no further messages; what was kept back is acknowledged. */
  public void stopConsuming() {
    Consumers current;
    synchronized (this) {
      finished = true;
      current = consumers;
    }
    if (current != null) {
      current.finish();
    }
  }

  private synchronized @Nullable Consumers consumers() {
    return consumers;
  }

  /** How long ago the last message arrived. */
  public Duration sinceLastArrival() {
    return Duration.ofNanos(System.nanoTime() - lastArrivalNanos);
  }

  /**
   * The consumers stay, since what is on its way from a quorum queue when one is cancelled would be
   * nobody's until the channel is closed: the broker sends no more than the prefetch.
   */
  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /**
   * Holds back what publishers send of these types, and of no others. What the broker has delivered
   * of them waits here, and the rest there; what has waited for minutes is let go all the same, so
   * that no delivery gets too old.
   */
  public synchronized void pauseTypes(Collection<JobType> paused) {
    arrived.addAll(
        held.hold(
            paused.stream()
                .flatMap(TypeQueues::ofPublishers)
                .collect(Collectors.toUnmodifiableSet())));
  }

  /**
   * Leaves everything that is paused to the broker: it is not consumed any more, and what was
   * delivered and not taken goes back. What was taken is still acknowledged. Begins to consume what
   * is paused no more.
   */
  public void leave(Paused left) {
    Consumers current;
    synchronized (this) {
      leftQueues = queues.of(left);
      current = consumers;
    }
    if (current != null) {
      try {
        adjust(current);
      } catch (IOException | ShutdownSignalException _) {
        current.lose();
      }
    }
  }

  private void adjust(Consumers current) throws IOException {
    for (QueueConsumer retired : current.leave(() -> leftQueues)) {
      retired.giveBack(untaken(retired));
    }
  }

  private synchronized List<Long> untaken(QueueConsumer retired) {
    List<Long> tags = new ArrayList<>();
    Predicate<Delivery> its = delivery -> delivery.source() == retired && tags.add(delivery.tag());
    arrived.removeIf(its);
    held.removeIf(its);
    return tags;
  }

  /** Whether messages are being consumed. */
  public synchronized boolean isConsuming() {
    return consumers != null && !consumers.areLost() && !paused && !finished;
  }

  /** Closes the connection; the broker delivers again what was not acknowledged. */
  public void stop() throws InterruptedException {
    stopped = true;
    keeper.interrupt();
    keeper.join();
  }

  private void keepConnected() {
    Duration backoff = FIRST_BACKOFF;
    try {
      while (!stopped) {
        try (Connection opened = connector.connect("millrace worker, consuming")) {
          Consumers begun = consume(opened);
          backoff = FIRST_BACKOFF;
          begun.awaitLoss();
          events.emit(new WorkerEvent.BrokerLost("the connection, or a consumer on it, was lost"));
        } catch (IOException | BrokerRefusedException | ShutdownSignalException e) {
          if (!stopped) {
            events.emit(new WorkerEvent.BrokerLost(String.valueOf(e.getMessage())));
          }
        } finally {
          forget();
        }
        Pause.THREAD.rest(backoff);
        backoff = shorter(backoff.multipliedBy(2), LONGEST_BACKOFF);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stop() asks for it
    }
  }

  private Consumers consume(Connection opened) throws IOException {
    Topology.declareCommon(opened);
    Topology.declareTypes(opened, queues.types());
    Consumers begun = new Consumers(queues.all(), (queue, lost) -> consumerOf(opened, queue, lost));
    boolean begins;
    synchronized (this) {
      consumers = begun;
      begins = !finished;
    }
    if (begins) {
      adjust(begun);
    }
    events.emit(new WorkerEvent.BrokerConnected(connector.address(), begun.size()));
    return begun;
  }

  private QueueConsumer consumerOf(Connection opened, String queue, Runnable lost)
      throws IOException {
    Channel channel = opened.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows this connection no further channel");
    }
    channel.basicQos(prefetch);
    return new QueueConsumer(channel, queue, prefetch, clock, this::arrived, lost);
  }

  private void arrived(Delivery delivery) {
    lastArrivalNanos = System.nanoTime();
    if (!held.isOfUse() || !hold(delivery)) {
      arrived.add(delivery);
    }
  }

  private synchronized boolean hold(Delivery delivery) {
    return held.add(delivery);
  }

  private synchronized void forget() {
    consumers = null;
    held.clear(); // the broker delivers them again
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
