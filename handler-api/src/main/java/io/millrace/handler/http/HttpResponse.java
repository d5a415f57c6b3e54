package io.millrace.handler.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer.
 *
 * @param status from 200 to 599
 * @param headers the values of each, by a name in which capitals do not matter
 * @param body the first bytes of it, decompressed; empty if there is none
 * @param truncated whether there was more than the configuration allows, which was not read
 */
public record HttpResponse(
    int status, Map<String, List<String>> headers, byte[] body, boolean truncated) {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]+)", Pattern.CASE_INSENSITIVE);

  public HttpResponse {
    Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(sorted);
  }

  /** The first value of a header, if it is there. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * The body as text: in the charset that the content type names, else in UTF-8. What cannot be
   * read is replaced by U+FFFD.
   */
  public String text() {
    return new String(body, charset());
  }

  private Charset charset() {
    Matcher named = CHARSET.matcher(header("Content-Type").orElse(""));
    return named.find() && isKnown(named.group(1))
        ? Charset.forName(named.group(1))
        : StandardCharsets.UTF_8;
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Without headers and body, which may hold what is not to be logged. */
  @Override
  public String toString() {
    return status + ", " + body.length + (truncated ? " bytes and more" : " bytes");
  }
}
