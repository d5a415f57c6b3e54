package io.millrace.handler.test;

import io.millrace.handler.http.HttpClient;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import io.millrace.worker.dependency.HttpSettings;
import io.millrace.worker.http.CallPolicy;
import io.millrace.worker.http.CallRecord;
import io.millrace.worker.http.Calls;
import io.millrace.worker.http.OwnCalls;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Calls the partner of a test as a worker would, and nobody if there is none. Each request has
 * connections and threads of its own, so that nothing is left to be closed. Safe for use by many
 * threads.
 */
final class PartnerClient implements HttpClient {

  private final @Nullable HttpSettings partner;
  private final String idempotencyKey;
  private final List<CallRecord> calls = new CopyOnWriteArrayList<>();
  private volatile boolean missed;

  /**
   * @param partner null if there is nobody to call
   */
  PartnerClient(@Nullable HttpSettings partner, String idempotencyKey) {
    this.partner = partner;
    this.idempotencyKey = idempotencyKey;
  }

  @Override
  public HttpResponse send(HttpRequest request) throws InterruptedException {
    HttpSettings settings = partner();
    try (OwnCalls own = OwnCalls.open()) {
      return client(own, settings).send(request);
    }
  }

  @Override
  public <T> T send(HttpRequest request, Class<T> type) throws InterruptedException {
    HttpSettings settings = partner();
    try (OwnCalls own = OwnCalls.open()) {
      return client(own, settings).send(request, type);
    }
  }

  @Override
  public <T> T read(HttpResponse response, Class<T> type) {
    return Calls.read(response, type);
  }

  /** What was sent and what came back. */
  List<CallRecord> calls() {
    return calls;
  }

  /**
   * @throws IllegalStateException if somebody was to be called, and there is nobody; the handler
   *     may have taken it for a failure
   */
  void requireNobodyMissed() {
    if (missed) {
      throw nobody();
    }
  }

  /**
   * @throws InterruptedException if the job was cancelled before
   */
  private HttpSettings partner() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the job was cancelled before its call");
    }
    HttpSettings settings = partner;
    if (settings == null) {
      missed = true;
      throw nobody();
    }
    return settings;
  }

  private static IllegalStateException nobody() {
    return new IllegalStateException(
        "the handler calls somebody, and there is nobody in this test: call partner before run");
  }

  private HttpClient client(OwnCalls own, HttpSettings settings) {
    CallPolicy defaults = own.calls().defaults();
    CallPolicy policy =
        settings
            .policy(defaults)
            .withPermits(defaults.permits().and(Set.of(placeOf(settings))))
            .withIdempotencyKey(idempotencyKey);
    return own.calls().client(policy, call -> calls.add(call.get()));
  }

  /**
   * Host and port: the one place that may be called although it is on this machine.
   *
   * @throws IllegalArgumentException if the partner has no address
   */
  static String placeOf(HttpSettings settings) {
    URI base = settings.baseUrl();
    if (base == null || base.getHost() == null) {
      throw new IllegalArgumentException(
          "a partner has an address, http://localhost:8080, and not " + base);
    }
    int standard = "https".equalsIgnoreCase(base.getScheme()) ? 443 : 80;
    return base.getHost() + ":" + (base.getPort() < 0 ? standard : base.getPort());
  }
}
