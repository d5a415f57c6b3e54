package io.millrace.core.access;

import io.millrace.client.contract.JobType;

/**
 * Which types of jobs are meant: one, such as {@code loan.amortize}, or all whose names begin with
 * some words, such as {@code loan.*}, which means {@code loan.amortize} and {@code loan.book.close}
 * and not {@code loan}.
 *
 * @param text as it is written
 * @throws IllegalArgumentException from the constructor, if it is neither
 */
public record TypePattern(String text) implements Comparable<TypePattern> {

  private static final String REST = ".*";

  public TypePattern {
    if (!JobType.isValid(text.endsWith(REST) ? without(text, REST.length()) : text)) {
      throw new IllegalArgumentException(
          "'%s' is no pattern of job types: write one such as loan.amortize, or loan.* for all that begin so"
              .formatted(text));
    }
  }

  /** Whether {@code type} is meant. */
  public boolean matches(String type) {
    return isPrefix() ? type.startsWith(stem()) : type.equals(text);
  }

  boolean isPrefix() {
    return text.endsWith(REST);
  }

  /** The name that is meant or, of a prefix, what the names begin with, the dot included. */
  String stem() {
    return isPrefix() ? without(text, 1) : text;
  }

  private static String without(String text, int end) {
    return text.substring(0, text.length() - end);
  }

  @Override
  public int compareTo(TypePattern other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
