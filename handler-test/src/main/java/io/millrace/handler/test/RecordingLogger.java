package io.millrace.handler.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** Keeps what is logged, at every level. Safe for use by many threads. */
final class RecordingLogger extends LegacyAbstractLogger implements LoggingEventAware {

  private final transient List<LogLine> lines = new CopyOnWriteArrayList<>();

  RecordingLogger(String name) {
    this.name = name;
  }

  List<LogLine> lines() {
    return List.copyOf(lines);
  }

  /** The fluent calls end here. */
  @Override
  public void log(LoggingEvent event) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        keys.put(pair.key, pair.value);
      }
    }
    keep(
        event.getLevel(), event.getMessage(), event.getArgumentArray(), keys, event.getThrowable());
  }

  /** The plain calls end here. */
  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    keep(level, pattern, arguments, Map.of(), thrown);
  }

  private void keep(
      Level level,
      String pattern,
      @Nullable Object @Nullable [] arguments,
      Map<String, @Nullable Object> keys,
      @Nullable Throwable thrown) {
    FormattingTuple text = MessageFormatter.arrayFormat(pattern, arguments);
    lines.add(
        new LogLine(
            level,
            String.valueOf(text.getMessage()),
            keys,
            thrown == null ? text.getThrowable() : thrown));
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
