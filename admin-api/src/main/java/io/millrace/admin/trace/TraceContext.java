package io.millrace.admin.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace that a request belongs to, by the header {@code traceparent} of W3C Trace Context. */
final class TraceContext {

  static final String HEADER = "traceparent";

  /** The header in which the id of the trace is answered. */
  static final String ANSWERED = "X-Trace-Id";

  /** Its key in the context of log lines. */
  static final String LOG_KEY = "trace";

  /** Version 00, and what later versions begin with. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private TraceContext() {}

  static Optional<String> traceId(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(header);
    return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
  }
}
