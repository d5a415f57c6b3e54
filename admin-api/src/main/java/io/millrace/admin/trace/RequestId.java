package io.millrace.admin.trace;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;

/** The name of a request: the one that its sender gave it, if that is sane, or one of our own. */
public final class RequestId {

  /** The header in which it comes, and is answered. */
  public static final String HEADER = "X-Request-Id";

  /** Its key in the context of log lines. */
  public static final String LOG_KEY = "request";

  private static final String ATTRIBUTE = RequestId.class.getName();

  /** Nothing that would need quoting in a log, a table or a header. */
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:+/=-]{1,64}");

  private RequestId() {}

  public static Optional<String> of(ServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
  }

  public static Optional<String> of(RequestAttributes request) {
    return Optional.ofNullable(
        (String) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
  }

  /** A new one. */
  public static String fresh() {
    return UUID.randomUUID().toString();
  }

  /** What was sent, if it is sane, else a new one. */
  static String taken(@Nullable String sent) {
    return sent != null && SANE.matcher(sent).matches() ? sent : fresh();
  }

  static void set(ServletRequest request, String id) {
    request.setAttribute(ATTRIBUTE, id);
  }
}
