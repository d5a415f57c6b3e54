package io.millrace.core.address;

import java.util.regex.Pattern;

/**
 * How a host may be spelled in an address: one spelling for each, so that nothing is read twice.
 */
final class HostNames {

  /** Letters, digits and hyphens (RFC 1123, section 2.1), in small letters. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /**
   * What other readers take for a part of an IPv4 address, in decimal, octal or hexadecimal (WHATWG
   * URL Standard, "ends in a number").
   */
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

  private static final int MAX_LENGTH = 253;

  private HostNames() {}

  /** Whether that is a host name: labels with dots between them, of which the last is no number. */
  static boolean isName(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    String[] labels = text.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return !NUMBER.matcher(labels[labels.length - 1]).matches();
  }

  /** Whether it means this machine, whatever a look-up says (RFC 6761, section 6.3). */
  static boolean isThisMachine(String name) {
    return name.equals("localhost") || name.endsWith(".localhost");
  }
}
