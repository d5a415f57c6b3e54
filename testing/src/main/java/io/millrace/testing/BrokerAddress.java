package io.millrace.testing;

import java.net.URI;

/**
 * Where a RabbitMQ broker is.
 *
 * @param amqp with user and password; the virtual host in it does not matter
 * @param management the management plugin's address, with user and password
 */
record BrokerAddress(URI amqp, URI management) implements ServerAddress {

  /** The address of another virtual host of the broker, as the same user. */
  URI virtualHost(String name) {
    return virtualHost(name, amqp.getRawUserInfo());
  }

  URI virtualHost(String name, String userInfo) {
    return URI.create(
        "%s://%s@%s:%d/%s"
            .formatted(
                amqp.getScheme(),
                userInfo,
                amqp.getHost(),
                amqp.getPort() < 0 ? 5672 : amqp.getPort(), // AMQP's registered port
                name));
  }
}
