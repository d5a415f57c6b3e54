package io.millrace.handler.http;

import io.millrace.handler.PermanentFailure;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a request may have (RFC 9110, section 5). */
final class HeaderRules {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  /** What the engine sets itself, and what is between two neighbours (RFC 9110, section 7.6.1). */
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderRules() {}

  /**
   * @throws IllegalArgumentException if no author may set it
   */
  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a header");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the header " + name + " is set by the engine");
    }
  }

  /**
   * Values come from payloads too, where a line break is an attack and no mistake of the author.
   *
   * @throws PermanentFailure if the value would not stay one header
   */
  static void requireValue(String name, String value) {
    Objects.requireNonNull(value, name);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        throw new PermanentFailure(
            "the value of the header "
                + name
                + " has a character that no header may have, at position "
                + (i + 1)
                + ": only printable ASCII is allowed");
      }
    }
  }
}
