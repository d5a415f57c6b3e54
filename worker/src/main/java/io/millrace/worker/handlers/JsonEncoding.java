package io.millrace.worker.handlers;

import org.jspecify.annotations.Nullable;

/**
 * Tells JSON in UTF-8 from what a JSON library would read as well: payloads are kept and handed on
 * as they came.
 */
final class JsonEncoding {

  private JsonEncoding() {}

  /**
   * What is wrong with the first bytes, in words; null if nothing is. JSON begins with two ASCII
   * characters or is one character long, so a zero byte among the first two means UTF-16 or UTF-32
   * (RFC 4627, section 3), as do their byte order marks.
   */
  static @Nullable String problem(byte[] payload) {
    if (payload.length == 0) {
      return "the body is empty: send JSON in UTF-8";
    }
    int first = payload[0] & 0xFF;
    int second = payload.length > 1 ? payload[1] & 0xFF : 0x20;
    if (first == 0 || second == 0 || first >= 0xFE) {
      return "the body is not in UTF-8 but in UTF-16 or UTF-32: send JSON in UTF-8";
    }
    if (first == 0xEF) {
      return "the body begins with a byte order mark: send JSON in UTF-8 without one";
    }
    return null;
  }
}
