package io.millrace.worker.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a list of items with parameters, {@code "default";r=0;t=30, "hourly";r=7}, as RFC 9651
 * defines it in section 3.1, as far as headers about rates need it: no inner lists.
 */
final class StructuredList {

  private static final String BARE =
      "\"(?:[^\"\\\\]|\\\\.){0,200}\"|:[A-Za-z0-9+/=]{0,500}:|[-\\w.*:/%!#$&'+^`|~?@]{1,200}";
  private static final Pattern ITEM = Pattern.compile("\\s*(" + BARE + ")");
  private static final Pattern PARAMETER =
      Pattern.compile("\\s*;\\s*([a-z*][a-z0-9_.*-]{0,50})(?:=(" + BARE + "))?");
  private static final Pattern COMMA = Pattern.compile("\\s*,");

  /**
   * @param name a string without its quotes, or any other value as it is spelled
   * @param parameters their values, spelled likewise; one without a value is {@code ?1}
   */
  record Item(String name, Map<String, String> parameters) {

    Item {
      parameters = Map.copyOf(parameters);
    }
  }

  private StructuredList() {}

  /** The items; none at all if the text is not such a list, as the RFC says. */
  static List<Item> parse(String text) {
    List<Item> items = new ArrayList<>();
    Matcher rest = ITEM.matcher(text);
    while (rest.usePattern(ITEM).lookingAt()) {
      String name = unquoted(rest.group(1));
      Map<String, String> parameters = new LinkedHashMap<>();
      rest.region(rest.end(), text.length());
      while (rest.usePattern(PARAMETER).lookingAt()) {
        String value = rest.group(2);
        parameters.put(rest.group(1), value == null ? "?1" : unquoted(value));
        rest.region(rest.end(), text.length());
      }
      items.add(new Item(name, parameters));
      if (text.substring(rest.regionStart()).isBlank()) {
        return items;
      }
      if (!rest.usePattern(COMMA).lookingAt()) {
        return List.of();
      }
      rest.region(rest.end(), text.length());
    }
    return List.of();
  }

  private static String unquoted(String value) {
    return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
  }
}
