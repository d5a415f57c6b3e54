package io.millrace.core.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be called although it is not on the public internet. An entry is
 *
 * <ul>
 *   <li>a host, {@code scores.internal}, or all hosts below a name, {@code *.internal}: their
 *       addresses may be private, loopback or unique local. A metadata service of a cloud, or a
 *       link-local address, is not reached by a name;
 *   <li>a network, {@code 10.1.0.0/16}, or one address: whatever name leads there;
 * </ul>
 *
 * each with a port if only that one is meant: {@code scores.internal:8443}, {@code [fc00::/7]:443}.
 * Immutable; equal if the entries are.
 */
public final class Permits {

  /** Nothing but the public internet. */
  public static final Permits NONE = new Permits(List.of());

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<six>[^\\]]*)]|(?<place>[^:\\[\\]]*)):(?<port>[1-9]\\d{0,4})");
  private static final Pattern NETWORK = Pattern.compile("[0-9.]+(/.*)?|.*:.*");

  private final List<String> texts;
  private final List<Entry> entries;

  private Permits(Collection<String> texts) {
    this.texts =
        texts.stream()
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    this.entries = this.texts.stream().map(Permits::entry).toList();
  }

  /**
   * @param entries in the forms above
   * @throws IllegalArgumentException if one has none of them
   */
  public static Permits of(Collection<String> entries) {
    return entries.isEmpty() ? NONE : new Permits(entries);
  }

  /**
   * These and others.
   *
   * @throws IllegalArgumentException as above
   */
  public Permits and(Collection<String> others) {
    List<String> all = new ArrayList<>(texts);
    all.addAll(others);
    return of(all);
  }

  /** Whether an entry names the host, so that its addresses may be private. */
  boolean name(String host, int port) {
    return entries.stream()
        .anyMatch(each -> each instanceof Host named && named.covers(host, port));
  }

  /** Whether an entry covers the address. */
  boolean cover(InetAddress address, int port) {
    return entries.stream()
        .anyMatch(each -> each instanceof Addresses some && some.covers(address, port));
  }

  private static Entry entry(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    if (!withPort.matches()) {
      return entry(text, text, null);
    }
    String six = withPort.group("six");
    int port = Integer.parseInt(withPort.group("port"));
    if (port > 65_535) {
      throw unreadable(text);
    }
    return six == null
        ? entry(text, withPort.group("place"), port)
        : new Addresses(network(text, six), port);
  }

  private static Entry entry(String text, String place, @Nullable Integer port) {
    if (NETWORK.matcher(place).matches()) {
      return new Addresses(network(text, place), port);
    }
    if (!HostNames.isName(place.startsWith("*.") ? place.substring(2) : place)) {
      throw unreadable(text);
    }
    return new Host(place, port);
  }

  private static Network network(String text, String place) {
    try {
      return Network.parse(place);
    } catch (IllegalArgumentException _) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "'%s' is neither a host (name or *.name) nor a network (10.0.0.0/8), with or without :port"
            .formatted(text));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Permits permits && permits.texts.equals(texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return String.join(", ", texts);
  }

  private sealed interface Entry {}

  private record Host(String pattern, @Nullable Integer port) implements Entry {

    boolean covers(String host, int asked) {
      boolean fits =
          pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
      return fits && (port == null || port == asked);
    }
  }

  private record Addresses(Network network, @Nullable Integer port) implements Entry {

    boolean covers(InetAddress address, int asked) {
      return network.contains(address) && (port == null || port == asked);
    }
  }
}
