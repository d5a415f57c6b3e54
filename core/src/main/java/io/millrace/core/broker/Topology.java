package io.millrace.core.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Declares exchanges and queues. The only class that knows which broker it talks to: on RabbitMQ
 * queues are quorum queues that nothing is dropped from; a broker that refuses {@code x-}
 * arguments, as the embedded one does, gets plain durable ones.
 */
public final class Topology {

  /**
   * How often RabbitMQ may deliver a message before it drops it from a quorum queue: never, in
   * effect. Attempts are counted in PostgreSQL. RabbitMQ 4 has a default of 20; version 3.10 takes
   * no -1 for "unlimited".
   */
  private static final int DELIVERY_LIMIT = 1_000_000_000;

  private static final Map<String, Object> QUORUM_QUEUE =
      Map.of(
          "x-queue-type", "quorum",
          "x-delivery-limit", DELIVERY_LIMIT,
          "x-dead-letter-exchange", QueueNames.DEAD,
          "x-dead-letter-strategy", "at-least-once",
          // What at-least-once dead-lettering asks for; without a length limit nothing is ever
          // rejected by it.
          "x-overflow", "reject-publish");

  /** The last stop: what is in it came from a queue above, and has nowhere else to go. */
  private static final Map<String, Object> LAST_QUORUM_QUEUE =
      Map.of("x-queue-type", "quorum", "x-delivery-limit", DELIVERY_LIMIT);

  private Topology() {}

  /**
   * Declares what every process relies on: the exchanges, and the queues of messages that found no
   * other.
   *
   * @throws BrokerRefusedException if something of the same name exists and is different
   * @throws IOException if the connection is lost
   */
  public static void declareCommon(Connection connection) throws IOException {
    boolean rabbit = isRabbit(connection);
    declare(
        connection,
        channel -> {
          Map<String, Object> unroutedTo =
              rabbit ? Map.of("alternate-exchange", QueueNames.UNROUTED) : Map.of();
          for (Lane lane : Lane.values()) {
            channel.exchangeDeclare(
                ContractNames.exchangeOf(lane), BuiltinExchangeType.TOPIC, true, false, unroutedTo);
          }
          channel.exchangeDeclare(ContractNames.EVENTS, BuiltinExchangeType.TOPIC, true);
          for (String last : new String[] {QueueNames.UNROUTED, QueueNames.DEAD}) {
            channel.exchangeDeclare(last, BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(last, true, false, false, rabbit ? LAST_QUORUM_QUEUE : Map.of());
            channel.queueBind(last, last, "");
          }
        });
  }

  /**
   * Declares the queues of {@code types}: one for each lane, bound by the exact key, and the
   * dispatcher's, which only the default exchange leads to.
   *
   * @throws BrokerRefusedException if something of the same name exists and is different
   * @throws IOException if the connection is lost
   */
  public static void declareTypes(Connection connection, Collection<JobType> types)
      throws IOException {
    Map<String, Object> arguments = isRabbit(connection) ? QUORUM_QUEUE : Map.of();
    declare(
        connection,
        channel -> {
          for (JobType type : types) {
            for (Lane lane : Lane.values()) {
              String queue = QueueNames.of(type, lane);
              channel.queueDeclare(queue, true, false, false, arguments);
              channel.queueBind(queue, ContractNames.exchangeOf(lane), type.name());
            }
            channel.queueDeclare(QueueNames.dispatch(type), true, false, false, arguments);
          }
        });
  }

  private static boolean isRabbit(Connection connection) {
    Object product = connection.getServerProperties().get("product");
    return product != null && product.toString().equals("RabbitMQ");
  }

  private static void declare(Connection connection, Declarations declarations) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows this connection no further channel");
    }
    try {
      declarations.on(channel);
      channel.close();
    } catch (TimeoutException e) {
      throw new IOException("the broker did not close a channel in time", e);
    } catch (IOException e) {
      if (e.getCause() instanceof ShutdownSignalException signal
          && signal.getReason() instanceof AMQP.Channel.Close refusal) {
        throw new BrokerRefusedException(refusal.getReplyText(), e);
      }
      throw e;
    }
  }

  @FunctionalInterface
  private interface Declarations {
    void on(Channel channel) throws IOException;
  }
}
