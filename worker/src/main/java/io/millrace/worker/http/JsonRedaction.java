package io.millrace.worker.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the values of secret members out of JSON, which may be cut off anywhere, or wrong. One
 * pass, without a parser that would give up.
 */
final class JsonRedaction {

  /** A name may be spelled with codes, {@code \u0074oken}. */
  private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private final String text;
  private final StringBuilder shown = new StringBuilder();
  private int position;

  private JsonRedaction(String text) {
    this.text = text;
  }

  /** The same text, with {@code "***"} for each value, also of a whole object, that is a secret. */
  static String withoutSecrets(String text) {
    return new JsonRedaction(text).redact();
  }

  private String redact() {
    while (position < text.length()) {
      int start = position;
      if (text.charAt(start) != '"') {
        position++;
        shown.append(text.charAt(start));
        continue;
      }
      position = afterString(start);
      String string = text.substring(start, position);
      shown.append(string);
      int colon = afterSpace(position);
      if (colon < text.length() && text.charAt(colon) == ':' && isSecret(string)) {
        int value = afterSpace(colon + 1);
        shown.append(text, position, value).append('"').append(Redaction.HIDDEN).append('"');
        position = afterValue(value);
      }
    }
    return shown.toString();
  }

  private static boolean isSecret(String name) {
    return Redaction.isSecretName(
        CODE.matcher(name)
            .replaceAll(
                code ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(code.group(1), 16)))));
  }

  private int afterSpace(int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int afterString(int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  private int afterValue(int start) {
    int depth = 0;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return at;
      }
      at = c == '"' ? afterString(at) : at + 1;
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      if (depth == 0 && (c == '"' || c == '}' || c == ']')) {
        return at;
      }
    }
    return at;
  }
}
