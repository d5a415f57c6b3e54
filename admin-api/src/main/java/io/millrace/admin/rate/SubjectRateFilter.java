package io.millrace.admin.rate;

import io.github.bucket4j.ConsumptionProbe;
import io.millrace.admin.problem.ProblemAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits how often each subject asks, from wherever; where no token is needed, how often each
 * address does.
 */
final class SubjectRateFilter extends OncePerRequestFilter {

  private static final String POLICY = "client";

  private final ClientBuckets buckets;

  SubjectRateFilter(ClientBuckets buckets) {
    this.buckets = buckets;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Principal caller = request.getUserPrincipal();
    String client =
        caller == null
            ? "address " + Addresses.client(request.getRemoteAddr())
            : "subject " + caller.getName();
    ConsumptionProbe probe = buckets.of(client).tryConsumeAndReturnRemaining(1);
    RateHeaders.set(
        response,
        POLICY,
        buckets,
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
    if (!probe.isConsumed()) {
      ProblemAnswer.write(
          RateHeaders.refusal(buckets, Duration.ofNanos(probe.getNanosToWaitForRefill())),
          request,
          response);
      return;
    }
    chain.doFilter(request, response);
  }
}
