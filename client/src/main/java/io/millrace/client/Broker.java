package io.millrace.client;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** How to get a connection. */
final class Broker {

  private final ConnectionFactory factory;
  private final List<Address> addresses;
  private final String name;

  /**
   * @param addresses the nodes of a cluster; empty for the one that {@code factory} names
   */
  Broker(ConnectionFactory factory, List<Address> addresses, String name) {
    this.factory = factory.clone();
    this.addresses = List.copyOf(addresses);
    this.name = name;
    // The publisher recovers by itself: the client library would not send again what is
    // unconfirmed.
    this.factory.setAutomaticRecoveryEnabled(false);
    this.factory.setTopologyRecoveryEnabled(false);
    this.factory.setThreadFactory(
        Thread.ofPlatform().daemon().name(name + "-connection-", 0).factory());
  }

  Connection connect() throws IOException, TimeoutException {
    return addresses.isEmpty()
        ? factory.newConnection(name)
        : factory.newConnection(addresses, name);
  }
}
