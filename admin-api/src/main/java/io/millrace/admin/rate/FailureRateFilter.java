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
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits how often an address may come without a good token, before anything is done to check the
 * next one. Who has a good one shares no bucket with them, unless they share the address.
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
    Bucket bucket = buckets.of(Addresses.client(request.getRemoteAddr()));
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
}
