package io.millrace.core.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.millrace.client.amqp.BrokerNodes;
import io.millrace.client.amqp.BrokerUri;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Opens connections to whichever node of the broker answers. They do not recover by themselves: who
 * holds one opens the next when it is lost, and so knows which deliveries and which confirms went
 * with it. Safe for use by many threads.
 */
public final class BrokerConnector {

  private final ConnectionFactory factory;
  private final BrokerNodes nodes;

  /**
   * @throws IllegalArgumentException if the address cannot be read
   */
  public BrokerConnector(BrokerProperties properties) {
    factory = BatchingConnection.factory();
    try {
      nodes = BrokerUri.apply(properties.uri(), factory);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "millrace.broker.uri is no address of a broker: write amqp://user:password@host:port/vhost",
          e);
    }
    factory.setConnectionTimeout(Math.toIntExact(properties.connectTimeout().toMillis()));
    factory.setRequestedHeartbeat(15);
    factory.setSharedExecutor(new CallerRunsExecutor());
    factory.setChannelRpcTimeout(30_000);
  }

  /**
   * Opens a connection. It calls its consumers on the thread that reads from the broker, so they
   * must not block.
   *
   * @param purpose shown by the broker beside the connection
   * @throws IOException if the broker does not answer or refuses; the message says where
   */
  public Connection connect(String purpose) throws IOException {
    return connectForBatches(purpose);
  }

  /** The same, for one who publishes in batches. */
  BatchingConnection connectForBatches(String purpose) throws IOException {
    try {
      factory.setClientProperties(clientProperties());
      return (BatchingConnection) factory.newConnection(nodes.inRandomOrder(), purpose);
    } catch (TimeoutException e) {
      throw new IOException("no answer from the broker at " + address(), e);
    } catch (IOException e) {
      throw new IOException("no connection to the broker at " + address() + ": " + reason(e), e);
    }
  }

  /** Hosts and ports, without the password. */
  public String address() {
    return nodes.toString();
  }

  private static Map<String, Object> clientProperties() {
    return Map.of("product", "Millrace");
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
