package io.millrace.worker.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumes one queue on a channel of its own. The channel stays open while consumption is paused,
 * so that what is at hand can still be acknowledged.
 */
public final class QueueConsumer {

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Channel channel;
  private final String queue;
  private final InstantSource clock;
  private final Consumer<Delivery> deliveries;
  private final Runnable lost;
  private final AckLedger ledger = new AckLedger();
  private @Nullable Receiver receiver;

  /**
   * @param deliveries takes every delivery, on a thread of the connection
   * @param lost called when the broker ends the consumer or the channel
   */
  QueueConsumer(
      Channel channel,
      String queue,
      InstantSource clock,
      Consumer<Delivery> deliveries,
      Runnable lost) {
    this.channel = channel;
    this.queue = queue;
    this.clock = clock;
    this.deliveries = deliveries;
    this.lost = lost;
  }

  String queue() {
    return queue;
  }

  synchronized void consume() throws IOException {
    if (receiver == null) {
      Receiver begun = new Receiver(channel);
      channel.basicConsume(queue, false, begun);
      receiver = begun;
    }
  }

  /** Takes no further messages; returns when all that the broker had sent have been taken in. */
  synchronized void cancel() throws IOException {
    Receiver ending = receiver;
    if (ending != null) {
      receiver = null;
      channel.basicCancel(ending.getConsumerTag());
      ending.awaitEnd();
    }
  }

  /**
   * Acknowledges. If the channel is gone the broker delivers the messages again, and they are
   * recognised then.
   */
  synchronized void acknowledge(Collection<Long> tags) {
    try {
      for (AckLedger.Ack ack : ledger.done(tags)) {
        channel.basicAck(ack.tag(), ack.multiple());
      }
    } catch (IOException | ShutdownSignalException _) {
      lost.run();
    }
  }

  private final class Receiver extends DefaultConsumer {

    private final CountDownLatch ended = new CountDownLatch(1);

    Receiver(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
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

    void awaitEnd() throws IOException {
      try {
        if (!ended.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("a cancelled consumer of %s did not end".formatted(queue));
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /** Comes after the last delivery. */
    @Override
    public void handleCancelOk(String tag) {
      ended.countDown();
    }

    @Override
    public void handleCancel(String tag) {
      lost.run();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
      lost.run();
    }
  }
}
