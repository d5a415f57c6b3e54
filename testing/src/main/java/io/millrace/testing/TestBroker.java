package io.millrace.testing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeoutException;

/**
 * An empty virtual host of a test's own on the broker that all tests of the build share: RabbitMQ,
 * or where none can be had, the embedded broker.
 *
 * <pre>{@code
 * @AutoClose private final TestBroker broker = TestBroker.fresh();
 * }</pre>
 */
public final class TestBroker implements AutoCloseable {

  private final BrokerHost host;
  private final String virtualHost;
  private final Set<String> users = new CopyOnWriteArraySet<>();

  private TestBroker(BrokerHost host, String virtualHost) {
    this.host = host;
    this.virtualHost = virtualHost;
  }

  /**
   * Creates the virtual host; the first call in a build starts the broker, in some 8 s.
   *
   * @throws TestServerException if there is no RabbitMQ and the environment requires it
   */
  public static TestBroker fresh() {
    return on(BrokerHost.shared());
  }

  /** The same on the embedded broker, also where there is RabbitMQ. */
  public static TestBroker freshEmbedded() {
    return on(BrokerHost.embedded());
  }

  private static TestBroker on(BrokerHost host) {
    String name = "test-" + UUID.randomUUID();
    host.createVirtualHost(name);
    return new TestBroker(host, name);
  }

  /** The virtual host's address, with user and password. */
  public URI amqpUri() {
    return host.amqpUri(virtualHost);
  }

  /** Whether this is RabbitMQ, with all that the embedded broker lacks: quorum queues and more. */
  public boolean isRabbitMq() {
    return host instanceof BrokerHost.RabbitMq;
  }

  /**
   * Makes a user of that name who may do everything in this virtual host, and returns the address
   * for it. Users belong to the whole broker; the name, such as that of a tenant, is its own
   * password. RabbitMQ only.
   */
  public URI createUser(String name) {
    if (host instanceof BrokerHost.RabbitMq rabbit) {
      users.add(name);
      return rabbit.createUser(name, virtualHost);
    }
    throw new IllegalStateException(
        "the embedded broker has one user: mark the test RequiresRabbitMq");
  }

  /** How many messages of a queue wait for a consumer, without those that one has in hand. */
  public int queueDepth(String queue) {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      return channel.queueDeclarePassive(queue).getMessageCount();
    } catch (IOException | TimeoutException e) {
      throw new TestServerException("cannot see the queue " + queue, e);
    }
  }

  /** A new connection that does not come back by itself; whoever asks closes it. */
  public Connection connect() {
    try {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(amqpUri());
      factory.setAutomaticRecoveryEnabled(false);
      return factory.newConnection("test");
    } catch (IOException | TimeoutException | URISyntaxException | GeneralSecurityException e) {
      throw new TestServerException("cannot connect to " + virtualHost, e);
    }
  }

  /**
   * Closes all connections to the virtual host from the broker's side, as a failing broker would.
   */
  public void closeAllConnections() {
    host.closeConnections(virtualHost);
    if (host instanceof BrokerHost.RabbitMq rabbit) {
      users.forEach(rabbit.api()::closeConnections);
    }
  }

  /** Closes the connections that are left and deletes the virtual host with all its queues. */
  @Override
  public void close() {
    host.deleteVirtualHost(virtualHost);
  }
}
