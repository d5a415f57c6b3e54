package io.millrace.core.address;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides where a call may go, so that nobody who names an address in a payload makes the worker
 * call what only the worker can reach (server-side request forgery).
 *
 * <p>An address is read by one strict grammar; what two readers might understand differently is
 * refused as malformed. A name is looked up once, <em>every</em> address it has must be on the
 * public internet or permitted, and the connection goes to one of exactly these. Thread-safe.
 */
public final class AddressGuard {

  /** Scheme, authority, path and query of RFC 3986, in ASCII that needs no interpretation. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?)://([^/?]*)([/?][!$-;=?-Z_a-z~%]*)?");

  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[(?<six>[^\\]]*)]|(?<host>[^:@\\[\\]]+))(?::(?<port>\\d{1,5}))?");

  private static final Pattern LEADS_UP =
      Pattern.compile("(?i)(?:^|[/\\\\]|%2f|%5c)(?:\\.|%2e){1,2}(?:$|[/\\\\?;]|%2f|%5c|%3b)");

  private static final int MAX_LENGTH = 8_192;

  private final HostLookup lookup;

  public AddressGuard(HostLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Reads an address, and checks all that can be checked without a look-up.
   *
   * @return with scheme and host in small letters
   * @throws RefusedAddressException if it is malformed, or its host is an address that no call may
   *     go to
   */
  public URI check(String address, Permits permits) {
    if (address.length() > MAX_LENGTH) {
      throw malformed("it is longer than " + MAX_LENGTH + " characters");
    }
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw malformed(
          "it must be http:// or https://, a host, perhaps a port, a path and a query, in ASCII"
              + " without spaces, backslashes and fragments");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(parts.group(2).toLowerCase(Locale.ROOT));
    if (!authority.matches()) {
      throw malformed("after :// comes a host, perhaps a port, and nothing else, such as a user");
    }
    String six = authority.group("six");
    String host = six == null ? authority.group("host") : six;
    int port = port(authority.group("port"), scheme);
    requireHost(host, six != null, port, permits);
    String path = parts.group(3) == null ? "" : parts.group(3);
    return uri(scheme + "://" + authority.group() + path, six == null ? host : "[" + six + "]");
  }

  private static int port(String text, String scheme) {
    if (text == null) {
      return scheme.equals("https") ? 443 : 80;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw malformed("a port is from 1 to 65535");
    }
    return port;
  }

  private static void requireHost(String host, boolean bracketed, int port, Permits permits) {
    if (bracketed || Network.isIpv4(host)) {
      requirePermitted(host, literal(host, bracketed), port, permits);
      return;
    }
    if (!HostNames.isName(host)) {
      throw malformed(
          "its host must be a name in ASCII (xn-- for others) without a dot at the end, four decimal"
              + " numbers, or an IPv6 address in brackets");
    }
    if (HostNames.isThisMachine(host) && !permits.name(host, port)) {
      throw refused(host, "it is this machine (RFC 6761)");
    }
  }

  private static InetAddress literal(String host, boolean bracketed) {
    try {
      InetAddress address = Network.literal(host);
      if (bracketed && Network.isIpv4(host)) {
        throw malformed("in brackets stands an IPv6 address");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The JDK reads it as well, and must find the same host. */
  private static URI uri(String address, String host) {
    try {
      URI uri = new URI(address);
      if (host.equals(uri.getHost())) {
        return uri;
      }
      throw malformed("its host is not clear");
    } catch (URISyntaxException e) {
      throw malformed(e.getReason());
    }
  }

  /**
   * The path below a base address: what is appended to it must not lead elsewhere.
   *
   * @param base an address that {@link #check} has read
   * @param target begins with a slash
   * @throws RefusedAddressException if it has a segment that leads up
   */
  public static String below(URI base, String target) {
    if (LEADS_UP.matcher(pathOf(target)).find()) {
      throw malformed("its path has a segment . or .., which leads elsewhere");
    }
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    String front = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return base.getScheme() + "://" + base.getRawAuthority() + front + target;
  }

  private static String pathOf(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * The addresses of a host, each of which a call may go to. Waits for the name service.
   *
   * @param host a name, or an address, in brackets or without
   * @throws RefusedAddressException if a call may not go to one of them
   * @throws UnknownHostException if there is none
   */
  public List<InetAddress> resolve(String host, int port, Permits permits)
      throws UnknownHostException {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean named = HostNames.isName(bare);
    List<InetAddress> addresses =
        named ? List.copyOf(lookup.lookUp(bare)) : List.of(literal(bare, bracketed));
    if (addresses.isEmpty()) {
      throw new UnknownHostException(bare);
    }
    addresses.forEach(address -> requirePermitted(bare, address, port, permits));
    return addresses;
  }

  private static void requirePermitted(
      String host, InetAddress address, int port, Permits permits) {
    SpecialNetwork.of(address)
        .filter(found -> !permits.cover(address, port))
        .filter(found -> !(found.own() && permits.name(host, port)))
        .ifPresent(
            found -> {
              String shown = address.getHostAddress();
              throw refused(
                  host,
                  (shown.equals(host) ? "" : "its address " + shown + " is ") + found.reason());
            });
  }

  private static RefusedAddressException refused(String host, String reason) {
    return new RefusedAddressException(
        "calls to "
            + host
            + " are refused: "
            + reason
            + "; the setting millrace.http.allow can permit what is private");
  }

  private static RefusedAddressException malformed(String reason) {
    return new RefusedAddressException("the address to call is refused: " + reason);
  }
}
