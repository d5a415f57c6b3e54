package io.millrace.core.failure;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a message, without what differs from job to job. */
final class MessagePattern {

  /** What is behind it is rarely words any more. */
  private static final int LONGEST = 500;

  /** A message may be 4,000 characters; what is cut off here would be cut off afterwards. */
  private static final int LONGEST_READ = 2_000;

  private record Rule(Pattern pattern, String placeholder) {

    static Rule of(String pattern, String placeholder) {
      return new Rule(Pattern.compile(pattern), placeholder);
    }
  }

  /**
   * In this order: what is quoted may contain all the others, a time contains numbers. The status
   * of an answer is a word: 404 and 503 have different causes.
   */
  private static final List<Rule> RULES =
      List.of(
          Rule.of("(?<!\\w)'[^'\\n]{1,300}'(?!\\w)", "<value>"),
          Rule.of("\"[^\"\\n]{1,300}\"", "<value>"),
          Rule.of("`[^`\\n]{1,300}`", "<value>"),
          Rule.of("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b", "<uuid>"),
          Rule.of(
              "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?",
              "<time>"),
          Rule.of("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}", "<address>"),
          Rule.of(
              "\\b0[xX]\\p{XDigit}+\\b|\\b(?=\\d*\\p{Alpha})(?=\\p{Alpha}*\\d)\\p{XDigit}{8,}\\b",
              "<hex>"),
          Rule.of(
              "(?<!(?:answered|HTTP|[Ss]tatus|[Cc]ode)[ :=]{1,2})(?<![\\d])\\d+(?:[.,]\\d+)*",
              "<n>"),
          Rule.of("\\s+", " "));

  private MessagePattern() {}

  static String of(String message) {
    String text = message.substring(0, Math.min(message.length(), LONGEST_READ));
    for (Rule rule : RULES) {
      text = rule.pattern().matcher(text).replaceAll(rule.placeholder());
    }
    String stripped = text.strip();
    return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST);
  }
}
