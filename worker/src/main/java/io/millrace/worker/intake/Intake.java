package io.millrace.worker.intake;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerRefusedException;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.broker.Topology;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the queues of this worker's types and holds what has arrived until it is claimed. It
 * connects by itself, again and again; what a lost connection had delivered is delivered again by
 * the broker, so its acknowledgements are discarded. Safe for use by many threads.
 */
public final class Intake {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final BrokerConnector connector;
  private final Collection<JobType> types;
  private final int prefetch;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
  private final Thread keeper;

  // Guarded by this.
  private @Nullable Connection connection;
  private List<QueueConsumer> consumers = List.of();
  private boolean paused;
  private boolean stopped;
  private boolean lost;

  /**
   * @param prefetch how many messages of one queue may be unacknowledged at a time
   */
  public Intake(
      BrokerConnector connector,
      Collection<JobType> types,
      int prefetch,
      InstantSource clock,
      WorkerEvents events) {
    this.connector = connector;
    this.types = List.copyOf(types);
    this.prefetch = prefetch;
    this.clock = clock;
    this.events = events;
    this.keeper = Thread.ofPlatform().name("millrace-intake").unstarted(this::keepConnected);
  }

  /** Begins to consume, as soon as the broker lets it. */
  public void start() {
    keeper.start();
  }

  /**
   * Takes what has arrived.
   *
   * @param most how many deliveries at most
   * @param patience how long to wait for the first
   * @return in the order of their arrival; empty if there was none
   */
  public List<Delivery> take(int most, Duration patience) throws InterruptedException {
    Delivery first = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return List.of();
    }
    List<Delivery> batch = new ArrayList<>();
    batch.add(first);
    arrived.drainTo(batch, most - 1);
    return batch;
  }

  /** Whether something has arrived that was not taken. */
  public boolean isEmpty() {
    return arrived.isEmpty();
  }

  /** Acknowledges deliveries, of whichever queues. */
  public void acknowledge(Collection<Delivery> deliveries) {
    Map<QueueConsumer, List<Long>> tags =
        deliveries.stream()
            .collect(
                Collectors.groupingBy(
                    Delivery::source, Collectors.mapping(Delivery::tag, Collectors.toList())));
    tags.forEach(QueueConsumer::acknowledge);
  }

  /** Takes no further messages until {@link #resume}; the connection stays. */
  public synchronized void pause() {
    paused = true;
    applyPause();
  }

  /** Goes on after {@link #pause}. */
  public synchronized void resume() {
    paused = false;
    applyPause();
  }

  /** Whether messages are being consumed. */
  public synchronized boolean isConsuming() {
    return connection != null && !lost && !paused;
  }

  /** Closes the connection; the broker delivers again what was not acknowledged. */
  public void stop() throws InterruptedException {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    keeper.interrupt();
    keeper.join();
  }

  private void keepConnected() {
    Duration backoff = FIRST_BACKOFF;
    try {
      while (!isStopped()) {
        try {
          consume();
          backoff = FIRST_BACKOFF;
          awaitLoss();
        } catch (IOException | BrokerRefusedException | ShutdownSignalException e) {
          events.emit(new WorkerEvent.BrokerLost(String.valueOf(e.getMessage())));
          pauseFor(backoff);
          backoff = shorter(backoff.multipliedBy(2), LONGEST_BACKOFF);
        } finally {
          disconnect();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stop() asks for it
    }
  }

  private void consume() throws IOException {
    Connection opened = connector.connect("millrace worker, consuming");
    synchronized (this) {
      connection = opened;
      lost = false;
    }
    Topology.declareCommon(opened);
    Topology.declareTypes(opened, types);
    List<QueueConsumer> opening = new ArrayList<>();
    for (String queue : queues()) {
      opening.add(consumerOf(opened, queue));
    }
    synchronized (this) {
      consumers = opening;
      if (!paused) {
        for (QueueConsumer consumer : consumers) {
          consumer.consume();
        }
      }
    }
    events.emit(new WorkerEvent.BrokerConnected(connector.address(), opening.size()));
  }

  private Set<String> queues() {
    Set<String> queues =
        types.stream()
            .sorted()
            .flatMap(type -> List.of(Lane.values()).stream().map(lane -> QueueNames.of(type, lane)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    queues.add(QueueNames.UNROUTED);
    queues.add(QueueNames.DEAD);
    return queues;
  }

  private QueueConsumer consumerOf(Connection opened, String queue) throws IOException {
    Channel channel = opened.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows this connection no further channel");
    }
    channel.basicQos(prefetch);
    return new QueueConsumer(channel, queue, clock, arrived::add, () -> lose(opened));
  }

  private synchronized void lose(Connection which) {
    if (which.equals(connection)) {
      lost = true;
      notifyAll();
    }
  }

  private synchronized void awaitLoss() throws InterruptedException, IOException {
    while (!lost && !stopped) {
      wait();
    }
    if (!stopped) {
      throw new IOException("the connection, or a consumer on it, was lost");
    }
  }

  private synchronized void applyPause() {
    try {
      for (QueueConsumer consumer : consumers) {
        if (paused) {
          consumer.cancel();
        } else {
          consumer.consume();
        }
      }
    } catch (IOException | ShutdownSignalException _) {
      lost = true;
      notifyAll();
    }
  }

  private void disconnect() {
    Connection closing;
    synchronized (this) {
      closing = connection;
      connection = null;
      consumers = List.of();
    }
    if (closing != null) {
      closing.abort(2_000);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void pauseFor(Duration time) throws InterruptedException {
    if (!stopped) {
      wait(time.toMillis());
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
