package io.millrace.core.webhook;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is sent where.
 *
 * @param url where to
 * @param description for people; up to 500 characters
 * @param eventTypes the types of the events that are wanted, {@code invoice.paid}, or all below a
 *     name, {@code invoice.*}; empty for everything
 */
public record Subscription(EndpointUrl url, String description, List<String> eventTypes) {

  private static final Pattern EVENT_TYPE =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(\\.\\*)?");
  private static final int LONGEST = 500;

  /**
   * @throws IllegalArgumentException if the description is too long, or something is no event type
   */
  public Subscription {
    eventTypes = List.copyOf(eventTypes);
    if (description.length() > LONGEST) {
      throw new IllegalArgumentException("a description has up to " + LONGEST + " characters");
    }
    for (String type : eventTypes) {
      if (type.length() > LONGEST || !EVENT_TYPE.matcher(type).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no event type, which is words of letters, digits, '_' and '-', joined by dots; a last word '*' stands for any"
                .formatted(type));
      }
    }
  }

  /** Whether events of a type are wanted. */
  public boolean wants(String type) {
    return eventTypes.isEmpty() || eventTypes.stream().anyMatch(each -> covers(each, type));
  }

  private static boolean covers(String wanted, String type) {
    return wanted.endsWith(".*")
        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
        : type.equals(wanted);
  }
}
