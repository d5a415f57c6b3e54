package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** A path with parameters. For one thread. */
final class Query {

  private final StringBuilder path;
  private char before = '?';

  Query(String path) {
    this.path = new StringBuilder(path);
  }

  /** Adds a parameter, unless it is null. */
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      path.append(before).append(name).append('=').append(encoded(value.toString()));
      before = '&';
    }
    return this;
  }

  String path() {
    return path.toString();
  }

  /** A text as it may stand in a path or in a parameter. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** The beginning of a text that is too long for a column. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
