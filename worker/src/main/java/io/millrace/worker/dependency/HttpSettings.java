package io.millrace.worker.dependency;

import io.millrace.core.Bounds;
import io.millrace.worker.http.CallLimits;
import io.millrace.worker.http.CallPolicy;
import io.millrace.worker.http.StatusRules;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a dependency is called over HTTP.
 *
 * @param baseUrl what targets such as {@code /scores} are added to; none if handlers give whole
 *     addresses. If it is private, {@code millrace.http.allow} has to name it
 * @param headers that each request to it bears, such as {@code Authorization}
 * @param timeLimit how long a call may take; {@code millrace.http.time-limit} if there is none; 1
 *     ms to 1 h
 * @param transientStatuses what it answers when the same may succeed later, beside 408, 425, 429
 *     and those from 500 on
 * @param permanentStatuses which of these do not pass by themselves here
 */
public record HttpSettings(
    @Nullable URI baseUrl,
    @DefaultValue Map<String, String> headers,
    @Nullable Duration timeLimit,
    @DefaultValue Set<Integer> transientStatuses,
    @DefaultValue Set<Integer> permanentStatuses) {

  static final HttpSettings DEFAULT = new HttpSettings(null, Map.of(), null, Set.of(), Set.of());

  public HttpSettings {
    headers = Map.copyOf(headers);
    transientStatuses = Set.copyOf(transientStatuses);
    permanentStatuses = Set.copyOf(permanentStatuses);
    if (timeLimit != null) {
      Bounds.require(
          "millrace.dependencies.*.http.time-limit",
          timeLimit,
          Duration.ofMillis(1),
          Duration.ofHours(1));
    }
  }

  /**
   * How requests to it are sent.
   *
   * @param defaults what holds where nothing is set here
   * @throws IllegalArgumentException if no request may have one of the headers, or a status is both
   *     transient and permanent
   * @throws io.millrace.handler.PermanentFailure if a header has a value that none may have
   */
  public CallPolicy policy(CallPolicy defaults) {
    CallPolicy policy =
        defaults.withStatuses(new StatusRules(transientStatuses, permanentStatuses));
    if (baseUrl != null) {
      policy = policy.withBase(baseUrl);
    }
    if (timeLimit != null) {
      CallLimits limits = policy.limits();
      policy =
          policy.withLimits(new CallLimits(timeLimit, limits.maxResponse(), limits.redirects()));
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      policy = policy.withHeader(header.getKey(), header.getValue());
    }
    return policy;
  }
}
