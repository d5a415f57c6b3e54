package io.millrace.worker.http;

import io.millrace.core.address.Permits;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How requests are sent to one system. Immutable; {@link Calls#defaults} is the one of the
 * configuration, and the methods here return another one.
 *
 * @param base what targets that begin with a slash, or are empty, follow; null if there is none
 * @param headers that every request gets unless it sets them itself; only those to {@code base},
 *     where there is one, so that no credential goes elsewhere
 * @param limits how far one call may go
 * @param statuses what unexpected answers mean
 * @param permits what may be called although it is private; the entries of the configuration are
 *     among those of {@link Calls#defaults}
 * @param idempotencyKey sent as {@code Idempotency-Key} along with every request that is not safe
 *     unless it has one; null for none
 */
public record CallPolicy(
    @Nullable URI base,
    Map<String, String> headers,
    CallLimits limits,
    StatusRules statuses,
    Permits permits,
    @Nullable String idempotencyKey) {

  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /**
   * @throws IllegalArgumentException if no request may have one of the headers
   * @throws PermanentFailure if a header or the key has a value that no header may have
   */
  public CallPolicy {
    headers = Map.copyOf(headers);
    headers.forEach(HttpRequest.get("/")::header);
    if (idempotencyKey != null) {
      HttpRequest.get("/").header(IDEMPOTENCY_KEY, idempotencyKey);
    }
  }

  public CallPolicy withBase(URI other) {
    return new CallPolicy(other, headers, limits, statuses, permits, idempotencyKey);
  }

  /** With one header more, in place of another of the same name. */
  public CallPolicy withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new CallPolicy(base, more, limits, statuses, permits, idempotencyKey);
  }

  public CallPolicy withLimits(CallLimits other) {
    return new CallPolicy(base, headers, other, statuses, permits, idempotencyKey);
  }

  public CallPolicy withStatuses(StatusRules other) {
    return new CallPolicy(base, headers, limits, other, permits, idempotencyKey);
  }

  public CallPolicy withPermits(Permits other) {
    return new CallPolicy(base, headers, limits, statuses, other, idempotencyKey);
  }

  public CallPolicy withIdempotencyKey(String key) {
    return new CallPolicy(base, headers, limits, statuses, permits, key);
  }
}
