package io.millrace.client.amqp;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The address of a broker, such as {@code amqp://user:password@host:5672/vhost}; the nodes of a
 * cluster stand side by side: {@code amqp://user:password@one:5672,two:5672/vhost}.
 */
public final class BrokerUri {

  /** What stands before the nodes, the nodes, and what stands behind them. */
  private static final Pattern FORM = Pattern.compile("([^/]*//(?:[^@/]*@)?)([^/?#]*)(.*)");

  private BrokerUri() {}

  /**
   * Lets {@code factory} connect to {@code uri}; {@code amqps} checks the server's certificate and
   * name against the platform's trust store.
   *
   * @return where to connect; the factory itself knows one of several nodes only
   * @throws IllegalArgumentException if it is no AMQP URI; the exception shows nothing of it, as it
   *     may hold a password
   */
  public static BrokerNodes apply(String uri, ConnectionFactory factory) {
    try {
      List<Address> nodes = new ArrayList<>();
      for (String one : oneByOne(uri)) {
        factory.setHost(ConnectionFactory.DEFAULT_HOST);
        factory.setPort(ConnectionFactory.USE_DEFAULT_PORT);
        factory.setUri(one);
        nodes.add(new Address(factory.getHost(), factory.getPort()));
      }
      if (factory.isSSL()) {
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
      }
      return new BrokerNodes(nodes);
    } catch (URISyntaxException | GeneralSecurityException | RuntimeException _) {
      // Whatever the library throws, a missing scheme being a null pointer to it, is not even the
      // cause: its message has the whole URI.
      throw new IllegalArgumentException(
          "this is no AMQP URI such as amqp://user:password@host:5672/vhost");
    }
  }

  /** A URI for each node, since the library reads no more than one. */
  private static List<String> oneByOne(String uri) {
    Matcher form = FORM.matcher(uri);
    if (!form.matches() || form.group(2).indexOf(',') < 0) {
      return List.of(uri);
    }
    List<String> uris = new ArrayList<>();
    for (String node : form.group(2).split(",", -1)) {
      if (node.isBlank()) {
        throw new IllegalArgumentException("a node has no name");
      }
      uris.add(form.group(1) + node.strip() + form.group(3));
    }
    return uris;
  }
}
