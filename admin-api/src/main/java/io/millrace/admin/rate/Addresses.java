package io.millrace.admin.rate;

import java.net.InetAddress;
import java.util.Arrays;

/** Whom an address belongs to. */
final class Addresses {

  /** RFC 6177: a site has a /64 at least, and may take any address in it for each request. */
  private static final int BYTES_OF_A_SITE = 8;

  private static final int BYTES_OF_IPV6 = 16;

  private Addresses() {}

  /** The address, or its network if it is one of IPv6. */
  static String client(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == BYTES_OF_IPV6
          ? Arrays.toString(Arrays.copyOf(bytes, BYTES_OF_A_SITE))
          : address;
    } catch (IllegalArgumentException _) {
      return address; // what a proxy has said
    }
  }
}
