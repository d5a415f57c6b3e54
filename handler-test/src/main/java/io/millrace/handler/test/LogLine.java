package io.millrace.handler.test;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One line that a handler logged.
 *
 * @param message with its arguments filled in
 * @param keys what was added to it by {@code addKeyValue}, in that order
 * @param thrown what was logged with it, or null
 */
public record LogLine(
    Level level, String message, Map<String, @Nullable Object> keys, @Nullable Throwable thrown) {

  public LogLine {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }
}
