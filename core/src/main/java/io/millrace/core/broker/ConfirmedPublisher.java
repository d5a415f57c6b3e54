package io.millrace.core.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.millrace.client.contract.JobType;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes batches and waits until the broker has taken responsibility for every message. It holds
 * a connection of its own, since a broker under an alarm blocks connections that publish, and opens
 * the next one by itself. For one thread at a time.
 */
public final class ConfirmedPublisher implements AutoCloseable {

  private final BrokerConnector connector;
  private final String purpose;
  private final Duration confirmTimeout;
  private final Set<JobType> declared = new HashSet<>();
  private @Nullable BatchingConnection connection;
  private @Nullable Channel channel;

  /**
   * @param purpose shown by the broker beside the connection
   * @param confirmTimeout how long a batch may take to be confirmed
   */
  public ConfirmedPublisher(BrokerConnector connector, String purpose, Duration confirmTimeout) {
    this.connector = connector;
    this.purpose = purpose;
    this.confirmTimeout = confirmTimeout;
  }

  /**
   * Publishes the messages, without {@code mandatory}, and returns when all are confirmed.
   *
   * @throws IOException if that cannot be said of all of them; publish the whole batch again
   * @throws InterruptedException if interrupted while waiting; the same holds
   */
  public void publish(Collection<OutboundMessage> messages)
      throws IOException, InterruptedException {
    try {
      Channel open = openChannel();
      write(messages, open, (BatchingConnection) open.getConnection());
      if (!open.waitForConfirms(confirmTimeout.toMillis())) {
        throw new IOException("the broker refused at least one message of a batch");
      }
    } catch (TimeoutException e) {
      close();
      throw new IOException("the broker did not confirm a batch within " + confirmTimeout, e);
    } catch (ShutdownSignalException e) {
      close();
      throw new IOException("the connection was lost before a batch was confirmed", e);
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /**
   * Publishes messages to workers, to a queue that exists from then on even if no worker of the
   * type was ever started.
   *
   * @param type of the jobs that the messages are about
   * @throws IOException as {@link #publish(Collection)}
   * @throws InterruptedException if interrupted while waiting; the same holds
   */
  public void publish(JobType type, Collection<OutboundMessage> messages)
      throws IOException, InterruptedException {
    if (!declared.contains(type)) {
      Topology.declareTypes(openChannel().getConnection(), Set.of(type));
      declared.add(type);
    }
    publish(messages);
  }

  /**
   * How many messages of a queue wait for a consumer.
   *
   * @throws IOException if the broker does not answer, or there is no such queue
   */
  public int depth(String queue) throws IOException {
    try (Channel own = openChannel().getConnection().createChannel()) {
      if (own == null) {
        throw new IOException("the broker allows this connection no further channel");
      }
      return own.queueDeclarePassive(queue).getMessageCount();
    } catch (TimeoutException | ShutdownSignalException e) {
      throw new IOException("the broker did not tell how many messages are in " + queue, e);
    }
  }

  private static void write(
      Collection<OutboundMessage> messages, Channel channel, BatchingConnection line)
      throws IOException {
    line.hold();
    try {
      for (OutboundMessage message : messages) {
        channel.basicPublish(
            message.exchange(), message.routingKey(), message.properties(), message.body());
      }
    } finally {
      line.release();
    }
  }

  private Channel openChannel() throws IOException {
    if (channel != null && channel.isOpen()) {
      return channel;
    }
    close();
    BatchingConnection opened = connector.connectForBatches(purpose);
    connection = opened;
    Topology.declareCommon(opened);
    Channel created = opened.createChannel();
    if (created == null) {
      throw new IOException("the broker allows this connection no channel");
    }
    created.confirmSelect();
    channel = created;
    return created;
  }

  /** Gives up the connection; the next batch opens another. */
  @Override
  public void close() {
    BatchingConnection lost = connection;
    connection = null;
    channel = null;
    declared.clear();
    if (lost != null) {
      lost.abort(1_000);
    }
  }
}
