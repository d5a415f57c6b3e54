package io.millrace.admin.http;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemAnswer;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how many requests are worked at, at a time. Each has a virtual thread, of which there is
 * no end, but what they read takes memory, of which there is: without a bound, questions that come
 * faster than the database answers would fill it, and the process would do nothing any more but
 * collect garbage. A stream of events counts only until it has begun.
 */
final class ConcurrencyFilter extends OncePerRequestFilter {

  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final Semaphore room;
  private final Duration patience;

  /**
   * @param most how many at a time; at least 1
   * @param patience how long one more waits for its turn
   */
  ConcurrencyFilter(int most, Duration patience) {
    this.room = new Semaphore(most, true);
    this.patience = patience;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!enter()) {
      ProblemAnswer.write(
          new ApiProblem(
                  ProblemType.OVERLOADED,
                  "more is asked than can be answered at a time; try again in a moment")
              .retryAfter(COME_BACK),
          request,
          response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      room.release();
    }
  }

  private boolean enter() {
    try {
      return room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
