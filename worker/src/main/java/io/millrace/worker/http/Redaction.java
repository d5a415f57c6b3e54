package io.millrace.worker.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of what operators see. Pure. */
final class Redaction {

  /** How many bytes of a body they see. */
  static final int MAX_BODY = 4_096;

  static final String HIDDEN = "***";

  /** What is in the name of a secret, with hyphens and underscores left out. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "authorization|cookie|token|secret|key|passw|passphrase|signature|credential|session");

  private static final Pattern SEPARATORS = Pattern.compile("[-_. ]");

  private static final Pattern QUERY_VALUE = Pattern.compile("=[^&;]*");
  private static final Pattern USER = Pattern.compile("(?<=//)[^/?#]*@");

  /** A field of a form: its name and its value. */
  private static final Pattern FIELD = Pattern.compile("(?<=^|&)([^=&\\s]{1,200})=([^&\\s]*)");

  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

  private static final Pattern JSON = Pattern.compile("^\\s*[\\[{\"]");

  private Redaction() {}

  static boolean isSecretName(String name) {
    return SECRET_NAME
        .matcher(SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(""))
        .find();
  }

  /** The same, but an idempotency key is no secret, and is looked for. */
  static boolean isSecretHeader(String name) {
    return !name.equalsIgnoreCase(CallPolicy.IDEMPOTENCY_KEY) && isSecretName(name);
  }

  /**
   * Without a user, without the values of a query, in printable ASCII, and not longer than 1,000
   * characters.
   */
  static String uri(String uri) {
    String text = USER.matcher(UNPRINTABLE.matcher(uri).replaceAll("_")).replaceAll("");
    int query = text.indexOf('?');
    if (query >= 0) {
      String values = text.substring(query + 1);
      text =
          text.substring(0, query + 1)
              + (values.contains("=")
                  ? QUERY_VALUE.matcher(values).replaceAll("=" + Matcher.quoteReplacement(HIDDEN))
                  : HIDDEN);
    }
    return text.length() <= 1_000 ? text : text.substring(0, 1_000);
  }

  static Map<String, String> headers(Map<String, List<String>> headers) {
    Map<String, String> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> shown.put(name, isSecretHeader(name) ? HIDDEN : shown(name, values)));
    return shown;
  }

  /** Addresses in headers have queries, too. */
  private static String shown(String name, List<String> values) {
    String joined = String.join(", ", values);
    return name.equalsIgnoreCase("Location") ? uri(joined) : joined;
  }

  static String body(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MAX_BODY), StandardCharsets.UTF_8)
            .replace('\0', '\uFFFD');
    return JSON.matcher(text).find() ? JsonRedaction.withoutSecrets(text) : fields(text);
  }

  private static String fields(String text) {
    return FIELD
        .matcher(text)
        .replaceAll(
            field ->
                Matcher.quoteReplacement(
                    isSecretName(field.group(1)) ? field.group(1) + "=" + HIDDEN : field.group()));
  }
}
