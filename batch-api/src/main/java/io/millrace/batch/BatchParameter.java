package io.millrace.batch;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a batch job. Two runs with the same parameters are the same work.
 *
 * @param name words of a-z and 0-9, joined by '-'; at most 50 characters
 * @param description one sentence for whoever starts the job
 * @param defaultValue taken if none is given; null if one has to be given
 */
public record BatchParameter(
    String name, Kind kind, String description, @Nullable String defaultValue) {

  private static final int LONGEST_VALUE = 500;

  /** What a value looks like. */
  public enum Kind {
    /** A day, as 2026-03-31. */
    DATE,
    /** A whole number. */
    NUMBER,
    /** 1 to 500 characters without control characters. */
    TEXT
  }

  /**
   * @throws IllegalArgumentException if the name is none, or the default value is not of the kind
   */
  public BatchParameter {
    Names.require("parameter", name, Names.LONGEST_PARAMETER);
    if (defaultValue != null) {
      check(name, kind, resolve(kind, defaultValue, LocalDate.EPOCH));
    }
  }

  /**
   * The value that is meant: of a day it may be {@code today} or {@code yesterday}.
   *
   * @throws IllegalArgumentException that says what is wrong, if it is not of the kind
   */
  String value(String given, LocalDate today) {
    String value = resolve(kind, given, today);
    check(name, kind, value);
    return value;
  }

  private static String resolve(Kind kind, String value, LocalDate today) {
    if (kind == Kind.DATE && value.equals("today")) {
      return today.toString();
    }
    if (kind == Kind.DATE && value.equals("yesterday")) {
      return today.minusDays(1).toString();
    }
    return value;
  }

  private static void check(String name, Kind kind, String value) {
    boolean fits =
        switch (kind) {
          case DATE -> isDate(value);
          case NUMBER -> isNumber(value);
          case TEXT -> isText(value);
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s has to be %s, but is '%s'".formatted(name, expectation(kind), value));
    }
  }

  private static String expectation(Kind kind) {
    return switch (kind) {
      case DATE -> "a day such as 2026-03-31, or today, or yesterday";
      case NUMBER -> "a whole number";
      case TEXT -> "1 to %d characters without control characters".formatted(LONGEST_VALUE);
    };
  }

  private static boolean isDate(String value) {
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  private static boolean isNumber(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static boolean isText(String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST_VALUE
        && value.chars().noneMatch(Character::isISOControl);
  }
}
