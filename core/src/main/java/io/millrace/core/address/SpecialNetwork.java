package io.millrace.core.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network that a call to somebody else's system has no business in.
 *
 * <p>Source of the table: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890,
 * updated by RFC 8190), as of 2026, the IANA IPv6 address space registry (global unicast is {@code
 * 2000::/3} alone), and what cloud providers document of their metadata services.
 *
 * @param network its addresses
 * @param reason what it is, in words for a person
 * @param own whether people run their own services there, so that an allowed host name may lead to
 *     it; what is not needs its addresses allowed
 */
record SpecialNetwork(Network network, String reason, boolean own) {

  private static final String METADATA = "a metadata service of a cloud";

  /** The first that fits counts: single addresses stand before the networks they are in. */
  private static final List<SpecialNetwork> TABLE =
      List.of(
          // IPv4
          closed("169.254.169.254/32", METADATA),
          closed("100.100.100.200/32", METADATA + " (Alibaba)"),
          closed("168.63.129.16/32", METADATA + " (Azure)"),
          closed("0.0.0.0/8", "this host on this network (RFC 791)"),
          own("10.0.0.0/8", "private (RFC 1918)"),
          own("100.64.0.0/10", "shared by the customers of a carrier (RFC 6598)"),
          own("127.0.0.0/8", "loopback (RFC 1122)"),
          closed("169.254.0.0/16", "link-local (RFC 3927)"),
          own("172.16.0.0/12", "private (RFC 1918)"),
          closed("192.0.0.0/24", "for IETF protocols (RFC 6890)"),
          closed("192.0.2.0/24", "for documentation (RFC 5737)"),
          closed("192.88.99.0/24", "6to4 relays, deprecated (RFC 7526)"),
          own("192.168.0.0/16", "private (RFC 1918)"),
          closed("198.18.0.0/15", "for benchmarks (RFC 2544)"),
          closed("198.51.100.0/24", "for documentation (RFC 5737)"),
          closed("203.0.113.0/24", "for documentation (RFC 5737)"),
          closed("224.0.0.0/4", "multicast (RFC 5771)"),
          closed("255.255.255.255/32", "broadcast (RFC 919)"),
          closed("240.0.0.0/4", "reserved (RFC 1112)"),
          // IPv6
          closed("fd00:ec2::/32", METADATA + " (AWS)"),
          closed("fd20:ce::254/128", METADATA + " (Google)"),
          own("::1/128", "loopback (RFC 4291)"),
          closed("::/128", "unspecified (RFC 4291)"),
          closed("::/96", "an IPv4 address in IPv6 (RFC 4291)"),
          closed("64:ff9b:1::/48", "local translation to IPv4 (RFC 8215)"),
          closed("100::/64", "to be discarded (RFC 6666)"),
          closed("100:0:0:1::/64", "a dummy prefix (RFC 9780)"),
          closed("2001::/32", "Teredo (RFC 4380)"),
          closed("2001:2::/48", "for benchmarks (RFC 5180)"),
          closed("2001::/23", "for IETF protocols (RFC 2928)"),
          closed("2001:db8::/32", "for documentation (RFC 3849)"),
          closed("2002::/16", "6to4 (RFC 3056)"),
          closed("3fff::/20", "for documentation (RFC 9637)"),
          closed("5f00::/16", "segment routing (RFC 9602)"),
          own("fc00::/7", "unique local (RFC 4193)"),
          closed("fe80::/10", "link-local (RFC 4291)"),
          closed("fec0::/10", "site-local, deprecated (RFC 3879)"),
          closed("ff00::/8", "multicast (RFC 4291)"));

  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  /** Where IPv4 is reached from networks that have IPv6 alone (RFC 6052). */
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

  /** The one that {@code address} is in, if it is in any. */
  static Optional<SpecialNetwork> of(InetAddress address) {
    if (TRANSLATED.contains(address)) {
      return of(embedded(address))
          .map(found -> closed(TRANSLATED, "translated to IPv4, " + found.reason()));
    }
    Optional<SpecialNetwork> listed =
        TABLE.stream().filter(each -> each.network().contains(address)).findFirst();
    boolean unknown =
        listed.isEmpty() && address instanceof Inet6Address && !GLOBAL_UNICAST.contains(address);
    return unknown
        ? Optional.of(closed(new Network(address, 128), "not global unicast (RFC 4291)"))
        : listed;
  }

  private static InetAddress embedded(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an IPv4 address", e);
    }
  }

  private static SpecialNetwork own(String network, String reason) {
    return new SpecialNetwork(Network.parse(network), reason, true);
  }

  private static SpecialNetwork closed(String network, String reason) {
    return closed(Network.parse(network), reason);
  }

  private static SpecialNetwork closed(Network network, String reason) {
    return new SpecialNetwork(network, reason, false);
  }
}
