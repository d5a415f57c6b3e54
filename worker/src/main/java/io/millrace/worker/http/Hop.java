package io.millrace.worker.http;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as it goes over the wire.
 *
 * @param uri an address that the guard has read
 * @param headers the values of each, with the content type of the body
 * @param body empty if there is none
 */
record Hop(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

  Hop {
    Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = Collections.unmodifiableMap(sorted);
  }

  /** Whether repeating it has no effect at the other end, or none that is not recognised there. */
  boolean isRepeatable() {
    return isSafe(method) || headers.containsKey(CallPolicy.IDEMPOTENCY_KEY);
  }

  /** Whether the method asks and does nothing (RFC 9110, section 9.2.1). */
  static boolean isSafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }

  /** Whether both are at the same place (RFC 6454, section 5); both as the guard has read them. */
  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equals(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 80;
  }
}
