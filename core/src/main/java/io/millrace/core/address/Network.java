package io.millrace.core.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, in the notation of RFC 4632 and RFC 4291: {@code
 * 10.0.0.0/8}, {@code fc00::/7}.
 *
 * @param base of which the first bits count; an IPv4-mapped IPv6 address is none
 * @param bits how many; the whole address where no number is given
 */
record Network(InetAddress base, int bits) {

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * @throws IllegalArgumentException if that is no network
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = literal(slash < 0 ? text : text.substring(0, slash));
    int longest = base.getAddress().length * 8;
    int bits = slash < 0 ? longest : number(text.substring(slash + 1));
    if (bits < 0 || bits > longest) {
      throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8");
    }
    return new Network(base, bits);
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /**
   * An address in its one plain spelling, without a look-up: four decimal numbers without leading
   * zeros, or an IPv6 address without a zone. The JDK alone would read {@code 127.1} as well.
   *
   * @throws IllegalArgumentException if it is none, or an IPv4 address in an IPv6 spelling
   */
  static InetAddress literal(String text) {
    if (isIpv4(text)) {
      return Inet4Address.ofLiteral(text);
    }
    if (IPV6.matcher(text).matches()) {
      InetAddress address = InetAddress.ofLiteral(text);
      if (address instanceof Inet6Address) {
        return address;
      }
      throw new IllegalArgumentException(
          "'" + text + "' is an IPv4 address in the spelling of IPv6 (::ffff:0:0/96)");
    }
    throw new IllegalArgumentException("'" + text + "' is not an IP address");
  }

  static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (((ours[i / 8] ^ theirs[i / 8]) & (0x80 >> i % 8)) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
