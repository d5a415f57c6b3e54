package io.millrace.admin.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Names each request, in its answer and in each line that is logged meanwhile. */
final class RequestIdFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id =
        RequestId.of(request).orElseGet(() -> RequestId.taken(request.getHeader(RequestId.HEADER)));
    Optional<String> trace = TraceContext.traceId(request.getHeader(TraceContext.HEADER));
    RequestId.set(request, id);
    response.setHeader(RequestId.HEADER, id);
    trace.ifPresent(known -> response.setHeader(TraceContext.ANSWERED, known));
    MDC.put(RequestId.LOG_KEY, id);
    trace.ifPresent(known -> MDC.put(TraceContext.LOG_KEY, known));
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(RequestId.LOG_KEY);
      MDC.remove(TraceContext.LOG_KEY);
    }
  }

  /** An answer that is written later, by another thread, is logged under the same name. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
