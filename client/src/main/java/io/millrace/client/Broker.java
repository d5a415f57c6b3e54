package io.millrace.client;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.millrace.client.amqp.BrokerNodes;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How to get a connection. */
final class Broker {

  private final ConnectionFactory factory;
  private final @Nullable BrokerNodes nodes;
  private final String name;

  /**
   * @param nodes where to connect; null for the one that {@code factory} names
   */
  Broker(ConnectionFactory factory, @Nullable BrokerNodes nodes, String name) {
    this.factory = factory.clone();
    this.nodes = nodes;
    this.name = name;
    // The publisher recovers by itself: the client library would not send again what is
    // unconfirmed.
    this.factory.setAutomaticRecoveryEnabled(false);
    this.factory.setTopologyRecoveryEnabled(false);
    this.factory.setThreadFactory(
        Thread.ofPlatform().daemon().name(name + "-connection-", 0).factory());
  }

  Connection connect() throws IOException, TimeoutException {
    return nodes == null
        ? factory.newConnection(name)
        : factory.newConnection(nodes.inRandomOrder(), name);
  }
}
