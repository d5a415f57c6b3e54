package io.millrace.batch;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
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
  private static final int LENGTH_OF_DATE = 10;

  /** What a value looks like. */
  public enum Kind {
    /** A day of the years 0 to 9999, as 2026-03-31. */
    DATE,
    /** A whole number that a {@code long} holds, without leading zeros. */
    NUMBER,
    /** 1 to 500 characters (of UTF-16) without control characters. */
    TEXT
  }

  /**
   * @throws IllegalArgumentException if the name is none, or the default value is not of the kind
   */
  public BatchParameter {
    Names.require("parameter", name, Names.LONGEST_PARAMETER);
    if (defaultValue != null) {
      value(name, kind, defaultValue, LocalDate.EPOCH);
    }
  }

  /**
   * The value that is meant, always written in the same way: of a day it may be {@code today} or
   * {@code yesterday}.
   *
   * @throws IllegalArgumentException that says what is wrong, if it is not of the kind
   */
  String value(String given, LocalDate today) {
    return value(name, kind, given, today);
  }

  private static String value(String name, Kind kind, String given, LocalDate today) {
    Optional<String> value =
        switch (kind) {
          case DATE -> date(given, today);
          case NUMBER -> number(given);
          case TEXT -> Optional.of(given).filter(BatchParameter::isText);
        };
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                "%s has to be %s, but is '%s'".formatted(name, expectation(kind), given)));
  }

  private static String expectation(Kind kind) {
    return switch (kind) {
      case DATE -> "a day such as 2026-03-31, or today, or yesterday";
      case NUMBER -> "a whole number";
      case TEXT -> "1 to %d characters without control characters".formatted(LONGEST_VALUE);
    };
  }

  private static Optional<String> date(String given, LocalDate today) {
    return switch (given) {
      case "today" -> Optional.of(today.toString());
      case "yesterday" -> Optional.of(today.minusDays(1).toString());
      default -> Optional.of(given).filter(BatchParameter::isDate);
    };
  }

  private static boolean isDate(String value) {
    try {
      return value.length() == LENGTH_OF_DATE && LocalDate.parse(value).getYear() >= 0;
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  private static Optional<String> number(String given) {
    try {
      return Optional.of(Long.toString(Long.parseLong(given)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isText(String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST_VALUE
        && value.chars().noneMatch(Character::isISOControl)
        && value.codePoints().noneMatch(BatchParameter::isHalf);
  }

  /** A surrogate without the other one: no encoding can write it. */
  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
