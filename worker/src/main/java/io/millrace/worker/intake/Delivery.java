package io.millrace.worker.intake;

import com.rabbitmq.client.AMQP;
import java.time.Instant;
import java.util.Collection;

/**
 * One delivery of one message. It stays unacknowledged until what came of it is durable.
 *
 * @param source the consumer that got it, which acknowledges it
 * @param tag its number on the consumer's channel
 * @param redelivered whether the broker may have delivered it before
 * @param exchange the exchange that it was published to
 * @param routingKey the routing key that it was published with
 * @param properties as AMQP has them
 * @param body not copied
 * @param arrivedAt when it came
 */
public record Delivery(
    Source source,
    long tag,
    boolean redelivered,
    String exchange,
    String routingKey,
    AMQP.BasicProperties properties,
    byte[] body,
    Instant arrivedAt) {

  /** A consumer of one queue. */
  public interface Source {

    /** The queue. */
    String queue();

    /**
     * Acknowledges deliveries by their tags. If the channel is gone the broker delivers the
     * messages again, and they are recognised then.
     */
    void acknowledge(Collection<Long> tags);
  }

  /** The queue that it came from. */
  public String queue() {
    return source.queue();
  }
}
