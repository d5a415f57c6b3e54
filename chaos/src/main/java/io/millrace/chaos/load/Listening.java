package io.millrace.chaos.load;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.ShutdownSignalException;
import io.millrace.client.amqp.BrokerNodes;
import io.millrace.client.amqp.BrokerUri;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Outcome;
import io.millrace.client.contract.OutcomeEvent;
import io.millrace.client.contract.OutcomeEventReader;
import io.millrace.core.broker.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A listener to all outcomes, over a durable queue of its own, that remembers every one. */
public final class Listening implements AutoCloseable {

  private static final String QUEUE = "chaos.outcomes";
  private static final long RETRY_MILLIS = 300;
  private static final int PREFETCH = 1_000;

  private final List<Announcement> heard = new ArrayList<>();
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final OutcomeEventReader reader = new OutcomeEventReader();
  private final JsonMapper json = new JsonMapper();
  private final ConnectionFactory factory = new ConnectionFactory();
  private final BrokerNodes nodes;
  private final Thread thread = Thread.ofPlatform().name("listening").unstarted(this::listen);

  public Listening(String broker) {
    nodes = BrokerUri.apply(broker, factory);
    factory.setAutomaticRecoveryEnabled(false);
  }

  /** Returns when it listens. */
  public void start() throws InterruptedException {
    thread.start();
    listening.await();
  }

  /** How many outcomes came so far, repeats included. */
  public int count() {
    synchronized (heard) {
      return heard.size();
    }
  }

  /** All outcomes so far, in the order they came. */
  public List<Announcement> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      do {
        listenOnce();
      } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the connection is lost, or this is closed. */
  private void listenOnce() throws InterruptedException {
    try (Connection connection = factory.newConnection(nodes.inRandomOrder(), "chaos, listening")) {
      CountDownLatch lost = new CountDownLatch(1);
      connection.addShutdownListener(_ -> lost.countDown());
      Topology.declareCommon(connection);
      Channel channel = connection.createChannel();
      channel.addShutdownListener(_ -> lost.countDown());
      channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
      channel.queueBind(QUEUE, ContractNames.EVENTS, "#");
      channel.basicQos(PREFETCH);
      DeliverCallback take =
          (_, delivery) -> {
            remember(delivery.getBody());
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
          };
      CancelCallback cancelled = _ -> lost.countDown();
      channel.basicConsume(QUEUE, false, take, cancelled);
      listening.countDown();
      awaitEither(lost);
    } catch (IOException | TimeoutException | ShutdownSignalException _) {
      return; // there is no broker at the moment
    }
  }

  private void awaitEither(CountDownLatch lost) throws InterruptedException {
    while (!lost.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (closed.getCount() == 0) {
        return;
      }
    }
  }

  private void remember(byte[] body) {
    OutcomeEvent event = reader.read(body);
    Announcement announcement = Announcement.of(event, result(event));
    synchronized (heard) {
      heard.add(announcement);
    }
  }

  private @Nullable String result(OutcomeEvent event) {
    return event.outcome() instanceof Outcome.Succeeded(byte[] bytes) && bytes != null
        ? json.readTree(bytes).toString()
        : null;
  }
}
