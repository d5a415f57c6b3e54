package io.millrace.core.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many messages wait in queues, and who consumes them, as the broker says. Keeps a connection
 * of its own, and opens another when it is lost. Safe for use by many threads, one of which asks at
 * a time.
 */
public final class QueueDepths implements AutoCloseable {

  private final BrokerConnector connector;
  private final String purpose;
  private @Nullable Connection connection; // guarded by this

  /**
   * A queue.
   *
   * @param messages that wait: neither delivered nor acknowledged
   * @param consumers how many channels take messages from it
   */
  public record Depth(int messages, int consumers) {}

  /**
   * @param purpose shown by the broker beside the connection
   */
  public QueueDepths(BrokerConnector connector, String purpose) {
    this.connector = connector;
    this.purpose = purpose;
  }

  /**
   * Asks about each queue.
   *
   * @return what was found; queues that do not exist are missing
   * @throws IOException if the broker does not answer; the message says where
   */
  public synchronized Map<String, Depth> of(Collection<String> queues) throws IOException {
    Connection open = connection;
    if (open == null || !open.isOpen()) {
      open = connector.connect(purpose);
      connection = open;
    }
    Map<String, Depth> depths = new HashMap<>();
    Channel channel = channel(open);
    try {
      for (String queue : queues) {
        try {
          AMQP.Queue.DeclareOk answer = channel.queueDeclarePassive(queue);
          depths.put(queue, new Depth(answer.getMessageCount(), answer.getConsumerCount()));
        } catch (IOException e) {
          if (!isMissing(e)) {
            throw e;
          }
          channel = channel(open); // the broker has closed the other one
        }
      }
      return depths;
    } catch (ShutdownSignalException e) {
      throw new IOException("no answer from the broker at " + connector.address(), e);
    } finally {
      abort(channel);
    }
  }

  private static Channel channel(Connection open) throws IOException {
    Channel channel = open.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows this connection no further channel");
    }
    return channel;
  }

  private static boolean isMissing(IOException e) {
    return e.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close refusal
        && refusal.getReplyCode() == AMQP.NOT_FOUND;
  }

  private static void abort(Channel channel) throws IOException {
    if (channel.isOpen()) {
      channel.abort();
    }
  }

  /** Closes the connection; the next question opens another. */
  @Override
  public synchronized void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.abort();
    }
  }
}
