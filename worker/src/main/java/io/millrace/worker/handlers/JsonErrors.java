package io.millrace.worker.handlers;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

/** What a JSON library says, without class names and source dumps. */
final class JsonErrors {

  /** A name with its package and its enclosing classes. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?:\\w+\\$)*([A-Z]\\w*)");

  /** Which setting of the library made it an error. */
  private static final Pattern SETTING =
      Pattern.compile("(?:;|: not allowed as per) `DeserializationFeature.*", Pattern.DOTALL);

  private JsonErrors() {}

  static String explain(JacksonException e) {
    StringBuilder text = new StringBuilder(reason(e));
    if (e instanceof DatabindException databind && !databind.getPath().isEmpty()) {
      text.append(", at ").append(path(databind));
    }
    TokenStreamLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      text.append(", line ")
          .append(location.getLineNr())
          .append(", column ")
          .append(location.getColumnNr());
    }
    return text.toString();
  }

  /** The refusal of a record's own constructor reads better than what is wrapped around it. */
  private static String reason(JacksonException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !(cause instanceof JacksonException)) {
        return message;
      }
    }
    String message = e.getOriginalMessage();
    return message == null
        ? "unreadable"
        : CLASS_NAME.matcher(SETTING.matcher(message).replaceAll("")).replaceAll("$1");
  }

  private static String path(DatabindException e) {
    StringBuilder path = new StringBuilder("$");
    e.getPath()
        .forEach(
            step -> {
              if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
              } else {
                path.append('.').append(step.getPropertyName());
              }
            });
    return path.toString();
  }
}
