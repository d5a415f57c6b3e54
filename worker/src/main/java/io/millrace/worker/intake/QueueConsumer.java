package io.millrace.worker.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumes one queue on a channel of its own. The channel stays open while consumption is paused,
 * so that what is at hand can still be acknowledged.
 */
final class QueueConsumer implements Delivery.Source {

  private final Channel channel;
  private final String queue;
  private final InstantSource clock;
  private final Consumer<Delivery> deliveries;
  private final Runnable lost;
  private final AckLedger ledger;
  private @Nullable String consumerTag;
  private @Nullable List<Long> kept;

  /** Deliveries that are neither acknowledged nor given back. */
  private final AtomicInteger outstanding = new AtomicInteger();

  private volatile boolean retired;

  /**
   * @param prefetch how many messages may be unacknowledged at a time
   * @param deliveries takes every delivery, on the thread that reads from the broker; must not
   *     block
   * @param lost called when the broker ends the consumer or the channel, on the same thread
   */
  QueueConsumer(
      Channel channel,
      String queue,
      int prefetch,
      InstantSource clock,
      Consumer<Delivery> deliveries,
      Runnable lost) {
    this.channel = channel;
    this.queue = queue;
    this.ledger = new AckLedger(prefetch / 4);
    this.clock = clock;
    this.deliveries = deliveries;
    this.lost = lost;
  }

  @Override
  public String queue() {
    return queue;
  }

  synchronized void consume() throws IOException {
    if (consumerTag == null) {
      Receiver receiver = new Receiver(channel);
      channel.setDefaultConsumer(receiver); // for what comes after a cancellation
      consumerTag = channel.basicConsume(queue, false, receiver);
    }
  }

  /**
   * Keeps acknowledgements back until {@link #releaseAcknowledgements}: the broker sends no more
   * than the prefetch, and then nothing is on its way.
   */
  synchronized void holdAcknowledgements() {
    if (kept == null) {
      kept = new ArrayList<>();
    }
  }

  /** Sends the acknowledgements that were kept back, and does not keep back others. */
  synchronized void releaseAcknowledgements() {
    List<Long> tags = kept;
    kept = null;
    if (tags != null && !tags.isEmpty()) {
      acknowledge(tags);
    }
  }

  /**
   * Takes no further messages. What a quorum queue has on its way at this moment never reaches the
   * channel, and is delivered again, to somebody, when the channel is closed.
   */
  synchronized void cancel() throws IOException {
    String tag = consumerTag;
    if (tag != null) {
      consumerTag = null;
      channel.basicCancel(tag);
    }
  }

  /**
   * Takes no further messages, and closes the channel as soon as everything that was delivered is
   * acknowledged or was given back: what is on its way from a quorum queue meanwhile is delivered
   * again, to somebody, then.
   */
  void retire() throws IOException {
    retired = true;
    cancel(); // when it has been answered, nothing is being delivered any more
  }

  /** Has the broker deliver these again, to somebody else. */
  synchronized void giveBack(Collection<Long> tags) throws IOException {
    for (long tag : tags) {
      channel.basicReject(tag, true);
    }
    send(ledger.givenBack(tags));
    settled(tags.size());
  }

  private void send(List<AckLedger.Ack> acks) throws IOException {
    for (AckLedger.Ack ack : acks) {
      channel.basicAck(ack.tag(), ack.multiple());
    }
  }

  private void settled(int deliveries) throws IOException {
    if (outstanding.addAndGet(-deliveries) == 0 && retired && channel.isOpen()) {
      try {
        channel.close();
      } catch (TimeoutException e) {
        throw new IOException("the broker did not close a channel in time", e);
      }
    }
  }

  @Override
  public synchronized void acknowledge(Collection<Long> tags) {
    if (kept != null) {
      kept.addAll(tags);
      return;
    }
    try {
      send(ledger.done(tags));
      settled(tags.size());
    } catch (IOException | ShutdownSignalException _) {
      lose();
    }
  }

  /** One that is retired is closed on purpose, and no connection is lost with it. */
  private void lose() {
    if (!retired) {
      lost.run();
    }
  }

  private final class Receiver extends DefaultConsumer {

    Receiver(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      if (retired) {
        return; // it is delivered again when the channel is closed
      }
      outstanding.incrementAndGet();
      deliveries.accept(
          new Delivery(
              QueueConsumer.this,
              envelope.getDeliveryTag(),
              envelope.isRedeliver(),
              envelope.getExchange(),
              envelope.getRoutingKey(),
              properties,
              body,
              clock.instant()));
    }

    @Override
    public void handleCancel(String tag) {
      lose();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
      lose();
    }
  }
}
