package io.millrace.core.limit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At most so many calls in any stretch of time of a certain length.
 *
 * @param calls at least 1, and at most 10,000 a second on average
 * @param window whole seconds, from 1 s to 31 days
 */
public record RateLimit(int calls, Duration window) {

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(31);
  private static final int MOST_A_SECOND = 10_000;

  private static final Pattern FORM =
      Pattern.compile("\\s*(\\d{1,9})\\s*/\\s*(\\d{0,7})\\s*(s|min|h|d)\\s*");

  public RateLimit {
    if (window.compareTo(SHORTEST_WINDOW) < 0
        || window.compareTo(LONGEST_WINDOW) > 0
        || window.getNano() != 0) {
      throw new IllegalArgumentException(
          "the window of a rate limit is whole seconds from 1 s to 31 d, and not %s"
              .formatted(window));
    }
    if (calls < 1 || calls > MOST_A_SECOND * window.toSeconds()) {
      throw new IllegalArgumentException(
          "a rate limit is at least 1 call and at most %d a second, and not %d in %s"
              .formatted(MOST_A_SECOND, calls, window));
    }
  }

  /**
   * Reads a text such as {@code 50/s}, {@code 1000/min}, {@code 10000/h}, {@code 500/d} or, with a
   * number before the unit, {@code 5/10s}.
   *
   * @throws IllegalArgumentException if it is none, in words that say what one looks like
   */
  public static RateLimit of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no rate limit; write calls, a slash and a time in s, min, h or d: 50/s, 5/10s"
              .formatted(text));
    }
    long units = parts.group(2).isEmpty() ? 1 : Long.parseLong(parts.group(2));
    try {
      return new RateLimit(
          Integer.parseInt(parts.group(1)), Duration.ofSeconds(units * seconds(parts.group(3))));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no rate limit: %s".formatted(text, e.getMessage()), e);
    }
  }

  /** The shortest text that {@link #of} reads as this limit. */
  @Override
  public String toString() {
    for (String unit : new String[] {"d", "h", "min"}) {
      if (window.toSeconds() % seconds(unit) == 0) {
        return text(unit);
      }
    }
    return text("s");
  }

  private String text(String unit) {
    long units = window.toSeconds() / seconds(unit);
    return units == 1 ? calls + "/" + unit : calls + "/" + units + unit;
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "d" -> 86_400;
      case "h" -> 3_600;
      case "min" -> 60;
      default -> 1;
    };
  }
}
