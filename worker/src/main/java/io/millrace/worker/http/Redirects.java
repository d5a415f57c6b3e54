package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import io.millrace.core.address.RefusedAddressException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where a redirect leads, and with what (RFC 9110, section 15.4). Pure. */
final class Redirects {

  /** What tells about a body, and goes with it. */
  private static final Set<String> OF_BODY =
      Set.of("content-encoding", "content-language", "content-location", "content-type", "digest");

  private final AddressGuard guard;
  private final Permits permits;

  Redirects(AddressGuard guard, Permits permits) {
    this.guard = guard;
    this.permits = permits;
  }

  /** Whether it leads elsewhere; 300 and 304 do not. */
  static boolean isOne(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /**
   * The request to send instead.
   *
   * @param location what the answer names
   * @throws RefusedAddressException if nobody may go there, or the way leads from TLS to plain text
   */
  Hop follow(Hop hop, int status, String location) {
    URI next = guard.check(absolute(hop.uri(), location), permits);
    if (hop.uri().getScheme().equals("https") && next.getScheme().equals("http")) {
      throw new RefusedAddressException(
          "the redirect to " + Redaction.uri(next.toString()) + " is refused: it leads out of TLS");
    }
    String method = method(hop.method(), status);
    boolean withBody = method.equals(hop.method());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(hop.headers());
    if (!withBody) {
      headers.keySet().removeIf(name -> OF_BODY.contains(name.toLowerCase(Locale.ROOT)));
    }
    if (!Hop.sameOrigin(hop.uri(), next)) {
      headers.keySet().removeIf(Redaction::isSecretHeader);
    }
    if (Hop.isSafe(method)) {
      headers.remove(CallPolicy.IDEMPOTENCY_KEY);
    }
    return new Hop(method, next, headers, withBody ? hop.body() : new byte[0]);
  }

  /** After 303 one asks; after 301 and 302 a POST becomes a question, as it does everywhere. */
  private static String method(String method, int status) {
    boolean asks = status == 303 && !method.equals("HEAD");
    boolean postAsks = (status == 301 || status == 302) && method.equals("POST");
    return asks || postAsks ? "GET" : method;
  }

  private static String absolute(URI from, String location) {
    int fragment = location.indexOf('#');
    String target = fragment < 0 ? location : location.substring(0, fragment);
    if (target.startsWith("?")) { // which the JDK resolves as RFC 2396 did, to another path
      return from.toString().replaceFirst("\\?.*", "") + target;
    }
    try {
      URI base = from.getRawPath().isEmpty() ? from.resolve("/") : from;
      return base.resolve(new URI(target)).toString();
    } catch (URISyntaxException e) {
      throw new RefusedAddressException(
          "the redirect is refused: its address cannot be read, " + e.getReason());
    }
  }
}
