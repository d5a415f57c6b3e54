package io.millrace.client.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Instants as RFC 3339, section 5.6, writes them: a date, a time with seconds, and {@code Z} or an
 * offset. Finer than a microsecond is cut off, as PostgreSQL keeps no more.
 */
final class Rfc3339 {

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final int DATE_AND_TIME = "2026-11-22T10:15:30".length();
  private static final int MICROSECOND_DIGITS = 6;

  private Rfc3339() {}

  /** The instant that {@code text} names, or null if it names none. A leap second is second 59. */
  static @Nullable Instant parse(String text) {
    if (text.length() <= DATE_AND_TIME || !hasSeparators(text)) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean valid =
        year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= YearMonth.of(year, month).lengthOfMonth()
            && isTimeOfDay(hour, minute)
            && second >= 0
            && second <= 60;
    if (!valid) {
      return null;
    }
    int end = endOfFraction(text);
    int offset = offsetSeconds(text, end);
    if (end < 0 || offset == Integer.MIN_VALUE) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400
            + hour * 3_600L
            + minute * 60L
            + Math.min(second, 59)
            - offset;
    Instant instant = Instant.ofEpochSecond(seconds, micros(text, end) * 1_000L);
    return isWritable(instant) ? instant : null;
  }

  /** Whether {@code text} would be right with a {@code Z} at its end. */
  static boolean isLocalTime(String text) {
    return parse(text + "Z") != null;
  }

  /** Whether the year of {@code instant} has four digits, as RFC 3339 asks. */
  static boolean isWritable(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  static Instant truncated(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean hasSeparators(String text) {
    char separator = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (separator == 'T' || separator == 't' || separator == ' ')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static boolean isTimeOfDay(int hour, int minute) {
    return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
  }

  /** Where the fraction ends, if there is one; -1 if it has no digits. */
  private static int endOfFraction(String text) {
    if (text.charAt(DATE_AND_TIME) != '.') {
      return DATE_AND_TIME;
    }
    int end = DATE_AND_TIME + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end == DATE_AND_TIME + 1 ? -1 : end;
  }

  private static int micros(String text, int endOfFraction) {
    int micros = 0;
    for (int digit = 0; digit < MICROSECOND_DIGITS; digit++) {
      int index = DATE_AND_TIME + 1 + digit;
      micros = micros * 10 + (index < endOfFraction ? text.charAt(index) - '0' : 0);
    }
    return micros;
  }

  /** The offset from UTC that stands from {@code start} to the end; the least int if none does. */
  private static int offsetSeconds(String text, int start) {
    if (start < 0 || start >= text.length()) {
      return Integer.MIN_VALUE;
    }
    char sign = text.charAt(start);
    if (sign == 'Z' || sign == 'z') {
      return start + 1 == text.length() ? 0 : Integer.MIN_VALUE;
    }
    boolean formed =
        (sign == '+' || sign == '-')
            && start + 6 == text.length()
            && text.charAt(start + 3) == ':'
            && isTimeOfDay(number(text, start + 1, start + 3), number(text, start + 4, start + 6));
    if (!formed) {
      return Integer.MIN_VALUE;
    }
    int seconds =
        number(text, start + 1, start + 3) * 3_600 + number(text, start + 4, start + 6) * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /** The number that the digits from {@code start} to {@code end} form; -1 if others are there. */
  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
