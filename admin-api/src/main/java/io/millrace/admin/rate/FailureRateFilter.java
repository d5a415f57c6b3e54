package io.millrace.admin.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.millrace.admin.problem.ProblemAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits how often an address may come with the same bad token, or with none, before anything is
 * done to check it once more. A good token is never held back by bad ones, even if all come from
 * one proxy.
 */
final class FailureRateFilter extends OncePerRequestFilter {

  private final ClientBuckets buckets;

  FailureRateFilter(ClientBuckets buckets) {
    this.buckets = buckets;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Bucket bucket = buckets.of(client(request));
    EstimationProbe next = bucket.estimateAbilityToConsume(1);
    if (!next.canBeConsumed()) {
      ProblemAnswer.write(
          RateHeaders.refusal(buckets, Duration.ofNanos(next.getNanosToWaitForRefill())),
          request,
          response);
      return;
    }
    chain.doFilter(request, response);
    if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
      bucket.tryConsume(1);
    }
  }

  private static String client(HttpServletRequest request) {
    String token = request.getHeader(HttpHeaders.AUTHORIZATION);
    return Addresses.client(request.getRemoteAddr()) + " " + (token == null ? 0 : token.hashCode());
  }
}
