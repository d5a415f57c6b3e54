package io.millrace.client.contract;

import org.jspecify.annotations.Nullable;

/**
 * What a text of the contract may hold, so that every broker, database and log can keep it: at
 * least one character, no control characters, and whole Unicode characters only.
 *
 * <p>U+FFFD is refused as well: it is what a decoder leaves where the bytes were not UTF-8, and two
 * different ids would become the same one.
 *
 * @param maxLength how many characters (code points) at most
 */
record TextRule(int maxLength) {

  /** For message ids, tenants and keys. */
  static final TextRule NAME = new TextRule(ContractNames.MAX_NAME_LENGTH);

  /** For the AMQP properties of 255 bytes that are given back as they came. */
  static final TextRule PROPERTY = new TextRule(255);

  /** For the CloudEvents {@code source}. */
  static final TextRule SOURCE = new TextRule(ContractNames.MAX_SOURCE_LENGTH);

  private static final int SHOWN = 60;

  /** What is wrong with {@code text}, as the end of a sentence that names it; null if nothing. */
  @Nullable String violation(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
      return "has %d characters, %d are allowed"
          .formatted(text.codePointCount(0, text.length()), maxLength);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return "has the control character U+%04X at position %d".formatted((int) c, i);
      }
      if (c == '\uFFFD') {
        return "has the replacement character U+FFFD at position %d, as text has that is not UTF-8"
            .formatted(i);
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return "has half of a surrogate pair at position %d".formatted(i);
        }
        i++;
      }
    }
    return null;
  }

  boolean allows(String text) {
    return violation(text) == null;
  }

  /**
   * Returns {@code text}, or throws an {@link IllegalArgumentException} that says what is wrong.
   */
  String check(String what, String text) {
    String violation = violation(text);
    if (violation != null) {
      throw new IllegalArgumentException("%s '%s' %s".formatted(what, shown(text), violation));
    }
    return text;
  }

  /** As {@link #check}, where the text may be absent. */
  @Nullable String checkIfPresent(String what, @Nullable String text) {
    return text == null ? null : check(what, text);
  }

  /** {@code text} as an explanation may quote it: short, and with nothing unprintable. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      if (shown.length() >= SHOWN) {
        return shown.append("...").toString();
      }
      int character = text.codePointAt(i);
      boolean printable =
          !Character.isISOControl(character)
              && (character > 0xFFFF || !Character.isSurrogate((char) character));
      shown.appendCodePoint(printable ? character : '?');
      i += Character.charCount(character);
    }
    return shown.toString();
  }
}
