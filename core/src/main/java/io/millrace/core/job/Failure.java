package io.millrace.core.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed.
 *
 * @param kind the class of the exception, or a reason of the engine's own in capitals; at most 200
 *     characters
 * @param message in words for a person; at most 4,000 characters
 * @param cause the causes and the top of the stack; at most 16,000 characters
 */
public record Failure(String kind, String message, @Nullable String cause) {

  private static final int MAX_KIND = 200;
  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_CAUSE = 16_000;

  /** Cuts what is too long and drops what a PostgreSQL text cannot hold. */
  public Failure {
    kind = storable(kind, MAX_KIND);
    message = storable(message, MAX_MESSAGE);
    cause = cause == null ? null : storable(cause, MAX_CAUSE);
  }

  /** What {@code thrown} tells. */
  public static Failure of(Throwable thrown) {
    String message = thrown.getMessage();
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return new Failure(
        thrown.getClass().getName(),
        message == null ? thrown.getClass().getSimpleName() + " without a message" : message,
        trace.toString());
  }

  private static String storable(String text, int max) {
    String whole = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    if (whole.length() <= max) {
      return whole;
    }
    int end = Character.isHighSurrogate(whole.charAt(max - 1)) ? max - 1 : max;
    return whole.substring(0, end);
  }
}
