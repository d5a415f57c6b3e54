package io.millrace.worker.mail;

import org.jspecify.annotations.Nullable;

/** Text that has to stay on one line. */
final class Text {

  private Text() {}

  /**
   * A line break would begin another header.
   *
   * @throws IllegalArgumentException if it has one, or another control character, or is too long
   */
  static void requireOneLine(String field, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(field + " has more than " + most + " characters");
    }
    boolean broken =
        text.codePoints()
            .anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
    if (broken) {
      throw new IllegalArgumentException(field + " has a line break or another control character");
    }
  }

  /** What somebody else said, on one line. */
  static String oneLine(@Nullable String text, int most) {
    String line = text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most);
  }
}
