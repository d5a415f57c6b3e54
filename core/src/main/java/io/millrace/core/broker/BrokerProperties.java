package io.millrace.core.broker;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the broker is.
 *
 * @param uri {@code amqp://user:password@host:port/vhost}, or {@code amqps://} for TLS with the
 *     certificate and host name verified; the virtual host {@code /} is spelled {@code %2F};
 *     several nodes of a cluster are separated by commas: {@code one:5672,two:5672}
 * @param connectTimeout how long to wait for a connection
 */
@ConfigurationProperties("millrace.broker")
public record BrokerProperties(
    @DefaultValue("amqp://guest:guest@localhost:5672/%2F") String uri,
    @DefaultValue("10s") Duration connectTimeout) {

  @Override
  public String toString() {
    return "BrokerProperties[uri=%s]".formatted(uri.replaceFirst("//[^@/]*@", "//***@"));
  }
}
