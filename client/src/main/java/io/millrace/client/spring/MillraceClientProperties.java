package io.millrace.client.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the publisher; their bounds are those of {@link
 * io.millrace.client.JobPublisherBuilder}.
 *
 * @param uri the broker, such as {@code amqp://user:password@host:5672/vhost}, or the nodes of a
 *     cluster, {@code amqp://user:password@one:5672,two:5672/vhost}; without it there is no
 *     publisher
 * @param name what the broker's management shows as the name of the connection
 * @param tenant whose jobs these are, where a message does not say
 * @param maxInFlight how many messages may wait for their confirmation; 1 to 100,000
 * @param maxWait how long publishing waits for its turn when so many do; 0 to 1 h
 * @param confirmTimeout how long a message may take until it is confirmed; 10 ms to 1 h
 * @param closeTimeout how long closing waits for confirmations; 0 to 1 h
 */
@ConfigurationProperties("millrace.client")
record MillraceClientProperties(
    @Nullable String uri,
    @DefaultValue("millrace-publisher") String name,
    @Nullable String tenant,
    @DefaultValue("2000") int maxInFlight,
    @DefaultValue("30s") Duration maxWait,
    @DefaultValue("60s") Duration confirmTimeout,
    @DefaultValue("10s") Duration closeTimeout) {

  @Override
  public String toString() {
    return "MillraceClientProperties[name=%s, tenant=%s]".formatted(name, tenant); // no password
  }
}
