package io.millrace.core.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where an endpoint's webhooks are posted to. Whether anybody may call there is decided at each
 * call, by its address at that time.
 *
 * @param value {@code https://} or {@code http://}, a host, perhaps a port, a path and a query
 */
public record EndpointUrl(String value) {

  private static final int LONGEST = 2_000;

  /** With its port it has to fit into the key of a dependency. */
  private static final int LONGEST_HOST = 240;

  /**
   * @throws IllegalArgumentException if it is none; the message does not repeat it, for it may hold
   *     what is secret
   */
  public EndpointUrl {
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException("a url has up to " + LONGEST + " characters");
    }
    URI uri = parse(value);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (!scheme.equals("https") && !scheme.equals("http")
        || host == null
        || host.length() > LONGEST_HOST
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      throw malformed();
    }
  }

  /** Host and port, in small letters; without the port if it is the usual one. */
  public String destination() {
    URI uri = parse(value);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int usual = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return uri.getPort() < 0 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
  }

  private static URI parse(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException _) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "a url is https:// or http://, a host, perhaps a port, a path and a query, in ASCII, without a user and a fragment");
  }

  /** Without path and query, which may hold what is secret. */
  @Override
  public String toString() {
    return destination();
  }
}
