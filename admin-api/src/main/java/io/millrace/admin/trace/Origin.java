package io.millrace.admin.trace;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where what this thread does comes from.
 *
 * @param address of who sent the request; null if it comes from no request
 * @param requestId null as well
 */
public record Origin(@Nullable String address, @Nullable String requestId) {

  private static final Origin NONE = new Origin(null, null);

  public static Origin current() {
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
      return new Origin(
          request.getRequest().getRemoteAddr(), RequestId.of(request.getRequest()).orElse(null));
    }
    return NONE;
  }
}
