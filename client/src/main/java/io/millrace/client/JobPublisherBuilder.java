package io.millrace.client;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import io.millrace.client.amqp.BrokerNodes;
import io.millrace.client.amqp.BrokerUri;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sets up a {@link JobPublisher}. Everything but the broker has a default. */
public final class JobPublisherBuilder {

  private static final int HEARTBEAT_SECONDS = 15;
  private static final int CONNECTION_TIMEOUT_MILLIS = 10_000;

  private @Nullable ConnectionFactory factory;
  private @Nullable BrokerNodes uriNodes;
  private @Nullable BrokerNodes listedNodes;
  private @Nullable JsonMapper json;
  private String name = PublisherSettings.DEFAULTS.name();
  private @Nullable String tenant;
  private int maxInFlight = PublisherSettings.DEFAULTS.maxInFlight();
  private Duration maxWait = PublisherSettings.DEFAULTS.maxWait();
  private Duration confirmTimeout = PublisherSettings.DEFAULTS.confirmTimeout();
  private Duration closeTimeout = PublisherSettings.DEFAULTS.closeTimeout();

  JobPublisherBuilder() {}

  /**
   * The broker, such as {@code amqp://user:password@host:5672/vhost}; {@code amqps} checks the
   * server's certificate and name against the platform's trust store. Several nodes of a cluster
   * stand side by side: {@code amqp://user:password@one:5672,two:5672/vhost}.
   *
   * @throws IllegalArgumentException if it is no AMQP URI
   */
  public JobPublisherBuilder uri(String uri) {
    ConnectionFactory parsed = new ConnectionFactory();
    parsed.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    parsed.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    uriNodes = BrokerUri.apply(uri, parsed);
    factory = parsed;
    return this;
  }

  /** The broker, with whatever else a connection needs; it is copied, recovery is switched off. */
  public JobPublisherBuilder connectionFactory(ConnectionFactory connectionFactory) {
    factory = connectionFactory.clone();
    uriNodes = null;
    return this;
  }

  /** The nodes of a cluster, {@code host:port} each, instead of those of the URI. */
  public JobPublisherBuilder addresses(List<String> hostsAndPorts) {
    listedNodes =
        hostsAndPorts.isEmpty()
            ? null
            : new BrokerNodes(hostsAndPorts.stream().map(Address::parseAddress).toList());
    return this;
  }

  /** Turns payloads into JSON; the default is a plain {@link JsonMapper}. */
  public JobPublisherBuilder jsonMapper(JsonMapper mapper) {
    json = mapper;
    return this;
  }

  /** What the broker's management shows as the name of the connection. */
  public JobPublisherBuilder name(String connectionName) {
    name = connectionName;
    return this;
  }

  /** Whose jobs these are, where a message does not say. */
  public JobPublisherBuilder tenant(@Nullable String defaultTenant) {
    tenant = defaultTenant;
    return this;
  }

  /** How many messages may wait for their confirmation; 1 to 100,000, by default 2,000. */
  public JobPublisherBuilder maxInFlight(int messages) {
    maxInFlight = messages;
    return this;
  }

  /** How long {@code publish} waits for its turn; at most 1 h, by default 30 s. */
  public JobPublisherBuilder maxWait(Duration duration) {
    maxWait = duration;
    return this;
  }

  /**
   * How long a message may take until it is confirmed, reconnections included; 10 ms to 1 h, by
   * default 60 s.
   */
  public JobPublisherBuilder confirmTimeout(Duration duration) {
    confirmTimeout = duration;
    return this;
  }

  /** How long {@code close} waits for confirmations; at most 1 h, by default 10 s. */
  public JobPublisherBuilder closeTimeout(Duration duration) {
    closeTimeout = duration;
    return this;
  }

  /**
   * Starts the publisher; it does not wait for the broker to be there.
   *
   * @throws IllegalStateException if no broker was given
   * @throws IllegalArgumentException if a setting is out of its bounds
   */
  public JobPublisher connect() {
    if (factory == null) {
      throw new IllegalStateException("the publisher needs a broker: uri or connectionFactory");
    }
    PublisherSettings settings =
        new PublisherSettings(name, tenant, maxInFlight, maxWait, confirmTimeout, closeTimeout);
    return new JobPublisher(
            new Broker(factory, listedNodes == null ? uriNodes : listedNodes, name),
            settings,
            json == null ? JsonMapper.builder().build() : json)
        .start();
  }
}
