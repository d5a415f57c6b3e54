package io.millrace.client.amqp;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** The address of a broker, such as {@code amqp://user:password@host:5672/vhost}. */
public final class BrokerUri {

  private BrokerUri() {}

  /**
   * Lets {@code factory} connect to {@code uri}; {@code amqps} checks the server's certificate and
   * name against the platform's trust store.
   *
   * @throws IllegalArgumentException if it is no AMQP URI; the exception shows nothing of it, as it
   *     may hold a password
   */
  public static void apply(String uri, ConnectionFactory factory) {
    try {
      factory.setUri(uri);
      if (factory.isSSL()) {
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
      }
    } catch (URISyntaxException | GeneralSecurityException | RuntimeException _) {
      // Whatever the library throws, a missing scheme being a null pointer to it, is not even the
      // cause: its message has the whole URI.
      throw new IllegalArgumentException(
          "this is no AMQP URI such as amqp://user:password@host:5672/vhost");
    }
  }
}
