package io.millrace.simulation.broker;

import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.intake.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Consumes from {@link Broker}. When its connection is lost it connects again, and what had arrived
 * before is there twice then.
 */
public final class SimulatedIntake implements Intake {

  /** Patience shorter than this costs many steps, and shows nothing. */
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(200);

  private final Kernel kernel;
  private final Broker broker;
  private final Node node;
  private final List<String> queues;
  private final int prefetch;
  private final List<Delivery> arrived = new ArrayList<>();
  private Map<String, Consumer> consumers = new LinkedHashMap<>();
  private boolean closed;
  private boolean paused;
  private long connectAtNanos;

  /** A consumer on a channel. */
  private final class Consumer implements Delivery.Source {

    private final String queue;
    private final Map<Long, Message> unacknowledged = new LinkedHashMap<>();
    private final List<Message> onTheirWay = new ArrayList<>();
    private long lastTag;
    private boolean gone;

    Consumer(String queue) {
      this.queue = queue;
    }

    @Override
    public String queue() {
      return queue;
    }

    @Override
    public void acknowledge(Collection<Long> tags) {
      Consumer channel = this;
      if (gone) {
        Consumer next = consumers.get(queue);
        if (next == null || !broker.isPlanted(PlantedFault.STALE_ACKNOWLEDGEMENT)) {
          return;
        }
        channel = next;
      }
      for (long tag : tags) {
        Message message = channel.unacknowledged.remove(tag);
        if (message != null) {
          broker.acknowledge(node, message);
          channel.onTheirWay.add(message);
        }
      }
    }

    /** The broker has got the acknowledgements so far. */
    void arriveAcknowledgements() {
      onTheirWay.clear();
    }

    void deliver() {
      List<Message> ready = broker.queue(queue);
      while (!ready.isEmpty() && unacknowledged.size() < prefetch) {
        Message message = ready.remove(kernel.random().nextInt(ready.size()));
        long tag = ++lastTag;
        if (broker.isPlanted(PlantedFault.ACKNOWLEDGED_BEFORE_COMMIT)) {
          broker.acknowledge(node, message);
        } else {
          unacknowledged.put(tag, message);
        }
        arrived.add(
            new Delivery(
                this,
                tag,
                message.redelivered(),
                message.content().exchange(),
                message.content().routingKey(),
                message.content().properties(),
                message.content().body(),
                node.clock().instant()));
      }
    }

    void lose() {
      gone = true;
      unacknowledged.values().forEach(broker::giveBack);
      unacknowledged.clear();
      for (Message message : onTheirWay) {
        if (kernel.chance(2)) {
          broker.giveBack(message);
        }
      }
      onTheirWay.clear();
    }
  }

  /**
   * @param queues what to consume, in an order that is always the same
   */
  public SimulatedIntake(
      Kernel kernel, Broker broker, Node node, List<String> queues, int prefetch) {
    this.kernel = kernel;
    this.broker = broker;
    this.node = node;
    this.queues = List.copyOf(queues);
    this.prefetch = prefetch;
  }

  @Override
  public List<Delivery> take(int most, Duration patience) {
    if (arrived.isEmpty() && !hasSomething()) {
      kernel.await(
          this::hasSomething, patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience);
    } else {
      kernel.giveWay();
    }
    consume();
    List<Delivery> batch = new ArrayList<>(arrived.subList(0, Math.min(most, arrived.size())));
    arrived.subList(0, batch.size()).clear();
    return batch;
  }

  @Override
  public boolean isEmpty() {
    return arrived.isEmpty();
  }

  @Override
  public void acknowledge(Collection<Delivery> deliveries) {
    kernel.giveWay();
    for (Delivery delivery : deliveries) {
      delivery.source().acknowledge(List.of(delivery.tag()));
    }
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  /** Loses the connection; the next one is made by itself. */
  public void cut() {
    consumers.values().forEach(Consumer::lose);
    consumers = new LinkedHashMap<>();
    broker.disconnect(this);
    connectAtNanos =
        kernel.nanos() + Duration.ofMillis(200 + kernel.random().nextInt(3_000)).toNanos();
  }

  /** Gives up the connection for good. */
  public void close() {
    closed = true;
    cut();
  }

  int unacknowledged() {
    return consumers.values().stream().mapToInt(each -> each.unacknowledged.size()).sum();
  }

  boolean holds(Predicate<Message> condition) {
    return consumers.values().stream()
        .flatMap(consumer -> consumer.unacknowledged.values().stream())
        .anyMatch(condition);
  }

  private void consume() {
    if (!canConsume()) {
      return;
    }
    if (consumers.isEmpty()) {
      for (String queue : queues) {
        consumers.put(queue, new Consumer(queue));
      }
      broker.connect(this);
    }
    consumers.values().forEach(Consumer::arriveAcknowledgements);
    consumers.values().forEach(Consumer::deliver);
  }

  private boolean canConsume() {
    return !closed && !paused && !broker.isDown() && kernel.nanos() >= connectAtNanos;
  }

  private boolean hasSomething() {
    return canConsume()
        && queues.stream()
            .anyMatch(
                queue -> {
                  Consumer consumer = consumers.get(queue);
                  return !broker.queue(queue).isEmpty()
                      && (consumer == null || consumer.unacknowledged.size() < prefetch);
                });
  }
}
