package io.millrace.testing;

import io.millrace.embedded.EmbeddedBroker;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The broker that the virtual hosts of the tests are on. */
sealed interface BrokerHost {

  void createVirtualHost(String name);

  void deleteVirtualHost(String name);

  void closeConnections(String virtualHost);

  URI amqpUri(String virtualHost);

  /** The one of this build; started by the first call. */
  static BrokerHost shared() {
    return Shared.get();
  }

  /** The embedded one, whatever else there is; started by the first call. */
  static BrokerHost embedded() {
    return Shared.embedded();
  }

  /** RabbitMQ, one for the whole build. */
  record RabbitMq(BrokerAddress address, ManagementApi api) implements BrokerHost {

    RabbitMq(BrokerAddress address) {
      this(address, new ManagementApi(address.management()));
    }

    /** With a user of the same name, so that its connections can be told from others. */
    @Override
    public void createVirtualHost(String name) {
      api.createVirtualHost(name);
      api.createUser(name, name, name);
    }

    @Override
    public void deleteVirtualHost(String name) {
      api.deleteVirtualHost(name);
      api.deleteUser(name);
    }

    @Override
    public void closeConnections(String virtualHost) {
      api.awaitConnection(virtualHost);
      api.closeConnections(virtualHost);
    }

    @Override
    public URI amqpUri(String virtualHost) {
      return amqpUri(virtualHost, virtualHost);
    }

    URI createUser(String name, String virtualHost) {
      api.createUser(name, name, virtualHost);
      return amqpUri(virtualHost, name);
    }

    private URI amqpUri(String virtualHost, String user) {
      return address.virtualHost(virtualHost, user + ":" + user);
    }
  }

  /** The embedded broker, one for each test JVM. */
  record Embedded(EmbeddedBroker broker) implements BrokerHost {

    static Embedded start() {
      ServerFolder folder = ServerFolder.create("broker");
      EmbeddedBroker broker = EmbeddedBroker.in(folder.path()).start();
      return new Embedded(broker);
    }

    @Override
    public void createVirtualHost(String name) {
      broker.createVirtualHost(name);
    }

    @Override
    public void deleteVirtualHost(String name) {
      broker.deleteVirtualHost(name);
    }

    @Override
    public void closeConnections(String virtualHost) {
      broker.closeConnections(virtualHost);
    }

    @Override
    public URI amqpUri(String virtualHost) {
      return broker.amqpUri(virtualHost);
    }
  }

  /** Keeps the brokers of this JVM. */
  final class Shared {

    private static @Nullable BrokerHost host;
    private static @Nullable Embedded embedded;

    private Shared() {}

    private static synchronized BrokerHost get() {
      BrokerHost known = host;
      if (known == null) {
        known = choose();
        host = known;
      }
      return known;
    }

    private static synchronized Embedded embedded() {
      Embedded known = embedded;
      if (known == null) {
        known = Embedded.start();
        embedded = known;
      }
      return known;
    }

    private static BrokerHost choose() {
      Optional<BrokerAddress> rabbit = SharedServers.broker();
      if (rabbit.isPresent()) {
        return new RabbitMq(rabbit.get());
      }
      if (Settings.requiresRabbitMq()) {
        throw new TestServerException(RequiresRabbitMqCondition.MISSING);
      }
      return embedded();
    }
  }
}
