package io.millrace.admin.rate;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * How much a client has left, as draft-ietf-httpapi-ratelimit-headers (version 09 and later) says
 * it: the policy has a name, a quota and a window in seconds.
 */
final class RateHeaders {

  private RateHeaders() {}

  static void set(
      HttpServletResponse response,
      String policy,
      ClientBuckets buckets,
      long remaining,
      Duration untilFull) {
    response.setHeader(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(policy, buckets.tokens(), buckets.window().toSeconds()));
    response.setHeader(
        "RateLimit",
        "\"%s\";r=%d;t=%d"
            .formatted(policy, remaining, untilFull.plusNanos(999_999_999).toSeconds()));
  }

  static ApiProblem refusal(ClientBuckets buckets, Duration untilNext) {
    return new ApiProblem(
            ProblemType.TOO_MANY_REQUESTS,
            "you may ask %d times within %d s: wait as long as Retry-After says"
                .formatted(buckets.tokens(), buckets.window().toSeconds()))
        .retryAfter(untilNext);
  }
}
