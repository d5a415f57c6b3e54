package io.millrace.admin.body;

import io.millrace.admin.problem.ProblemAnswer;
import io.millrace.admin.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes no more of a body than is taken, whether it says beforehand how large it is or not. */
final class BodyFilter extends OncePerRequestFilter {

  private final BodyProperties limits;

  BodyFilter(BodyProperties limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > limits.maxSize().toBytes()) {
      // What is still on its way is not worth waiting for.
      response.setHeader(HttpHeaders.CONNECTION, "close");
      ProblemAnswer.write(Problems.bodyTooLarge(limits.maxSize()), request, response);
      return;
    }
    chain.doFilter(new Limited(request, limits), response);
  }

  /** The request with a body that has its limits. */
  private static final class Limited extends HttpServletRequestWrapper {

    private final BodyProperties limits;
    private @Nullable ServletInputStream body;

    Limited(HttpServletRequest request, BodyProperties limits) {
      super(request);
      this.limits = limits;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      ServletInputStream limited = body;
      if (limited == null) {
        limited = new LimitedBody(super.getInputStream(), limits);
        body = limited;
      }
      return limited;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }
}
