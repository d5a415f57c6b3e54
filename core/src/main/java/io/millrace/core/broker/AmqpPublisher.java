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
 * Publishes over AMQP. It holds a connection of its own, since a broker under an alarm blocks
 * connections that publish, and opens the next one by itself.
 */
public final class AmqpPublisher implements ConfirmedPublisher {

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
  public AmqpPublisher(BrokerConnector connector, String purpose, Duration confirmTimeout) {
    this.connector = connector;
    this.purpose = purpose;
    this.confirmTimeout = confirmTimeout;
  }

  @Override
  public void publish(Collection<OutboundMessage> messages)
      throws IOException, InterruptedException {
    boolean confirmed;
    try {
      Channel open = openChannel();
      write(messages, open, (BatchingConnection) open.getConnection());
      confirmed = open.waitForConfirms(confirmTimeout.toMillis());
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
    if (!confirmed) {
      // The channel stays: a cluster that lacks a node may refuse what comes on a new one.
      throw new IOException("the broker refused at least one message of a batch");
    }
  }

  @Override
  public void publish(JobType type, Collection<OutboundMessage> messages)
      throws IOException, InterruptedException {
    if (!declared.contains(type)) {
      Topology.declareTypes(openChannel().getConnection(), Set.of(type));
      declared.add(type);
    }
    publish(messages);
  }

  @Override
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
