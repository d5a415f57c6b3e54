package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.RefusedAddressException;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpBody;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call, from the request to the verdict. Used once, by one thread. */
final class Call {

  private static final byte[] NOTHING = {};

  /** What calls go out through. */
  record Way(AddressGuard guard, JettyTransport transport, InstantSource clock) {}

  private final HttpRequest request;
  private final CallPolicy policy;
  private final CallListener listener;
  private final Way way;
  private final long begun = System.nanoTime();
  private final List<String> uris = new ArrayList<>();
  private @Nullable Hop last;
  private @Nullable HttpResponse response;

  Call(HttpRequest request, CallPolicy policy, CallListener listener, Way way) {
    this.request = request;
    this.policy = policy;
    this.listener = listener;
    this.way = way;
  }

  Answer run() throws InterruptedException {
    try {
      HttpResponse answer = follow(firstHop());
      return request.accepts(answer.status()) ? accept(answer) : refuse(answer);
    } catch (RefusedAddressException e) {
      throw permanent(String.valueOf(e.getMessage()), null, null);
    } catch (ExchangeFailedException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      end("the call was interrupted");
      throw e;
    }
  }

  private Hop firstHop() {
    URI uri = way.guard().check(address(), policy.permits());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (isOurSystem(uri)) {
      policy.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    }
    headers.putAll(request.headers());
    String key = policy.idempotencyKey();
    if (key != null && !Hop.isSafe(request.method())) {
      headers.putIfAbsent(CallPolicy.IDEMPOTENCY_KEY, List.of(key));
    }
    return new Hop(request.method(), uri, headers, body(headers));
  }

  private String address() {
    URI base = policy.base();
    String target = request.target();
    boolean below = target.isEmpty() || target.startsWith("/") || target.startsWith("?");
    return base == null || !below ? target : AddressGuard.below(base, target);
  }

  private boolean isOurSystem(URI uri) {
    URI base = policy.base();
    return base == null
        || Hop.sameOrigin(uri, way.guard().check(base.toString(), policy.permits()));
  }

  private byte[] body(Map<String, List<String>> headers) {
    return switch (request.body()) {
      case HttpBody.None _ -> NOTHING;
      case HttpBody.Bytes(byte[] bytes, String contentType) -> {
        headers.put("Content-Type", List.of(contentType));
        yield bytes;
      }
      case HttpBody.Json(Object value) -> {
        headers.putIfAbsent("Content-Type", List.of("application/json"));
        yield json(value);
      }
    };
  }

  private byte[] json(Object value) {
    try {
      return JsonBodies.write(value);
    } catch (PermanentFailure e) {
      throw permanent(String.valueOf(e.getMessage()), null, e);
    }
  }

  private HttpResponse follow(Hop first) throws ExchangeFailedException, InterruptedException {
    Redirects redirects = new Redirects(way.guard(), policy.permits());
    Hop hop = first;
    while (true) {
      HttpResponse answer = exchange(hop);
      Optional<String> location = answer.header("Location");
      if (request.accepts(answer.status())
          || !Redirects.isOne(answer.status())
          || location.isEmpty()
          || uris.size() > policy.limits().redirects()) {
        return answer;
      }
      hop = redirects.follow(hop, answer.status(), location.get());
    }
  }

  /** A connection that was dead when it was used is no reason to fail, where repeating is safe. */
  private HttpResponse exchange(Hop hop) throws ExchangeFailedException, InterruptedException {
    last = hop;
    uris.add(Redaction.uri(hop.uri().toString()));
    HttpResponse answer;
    try {
      answer = exchangeOnce(hop);
    } catch (ExchangeFailedException e) {
      if (!e.isDeadConnection() || !hop.isRepeatable()) {
        throw e;
      }
      answer = exchangeOnce(hop);
    }
    response = answer;
    return answer;
  }

  private HttpResponse exchangeOnce(Hop hop) throws ExchangeFailedException, InterruptedException {
    Duration left = limit().minus(elapsed());
    if (!left.isPositive()) {
      throw new ExchangeFailedException(false, new TimeoutException());
    }
    return way.transport().exchange(hop, policy.permits(), left, policy.limits().maxResponse());
  }

  private Duration limit() {
    Duration most = policy.limits().time();
    return request.limit().filter(own -> own.compareTo(most) < 0).orElse(most);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private Answer accept(HttpResponse answer) {
    Duration took = elapsed();
    listener.called(() -> CallRecords.of(request, uris, last, response, null, took));
    return new Answer(answer, rest(answer));
  }

  private Answer refuse(HttpResponse answer) {
    int status = answer.status();
    if (policy.statuses().isTransient(status)) {
      throw transientFailure("answered " + status + ", which may pass", rest(answer), null);
    }
    String location = answer.header("Location").map(Redaction::uri).orElse("nowhere");
    throw permanent(
        Redirects.isOne(status)
            ? "answered %d, a redirect to %s, after %d of %d that are followed: name the last address, or raise the setting millrace.http.redirects"
                .formatted(status, location, uris.size() - 1, policy.limits().redirects())
            : "answered " + status + ", which the same request will be answered again",
        rest(answer),
        null);
  }

  private @Nullable Duration rest(HttpResponse answer) {
    return RestTime.of(answer, way.clock().instant()).orElse(null);
  }

  private RuntimeException failed(ExchangeFailedException e) {
    if (e.reason() instanceof RefusedAddressException refused) {
      return permanent(String.valueOf(refused.getMessage()), null, null);
    }
    String limit = e.reason() instanceof TimeoutException ? " (" + limit() + ")" : "";
    return transientFailure(e.inWords() + limit, null, e.reason());
  }

  private TransientCallFailure transientFailure(
      String reason, @Nullable Duration rest, @Nullable Throwable cause) {
    CallRecord call = end(reason);
    return new TransientCallFailure(message(call, reason), rest, call, cause);
  }

  private PermanentCallFailure permanent(
      String reason, @Nullable Duration rest, @Nullable Throwable cause) {
    CallRecord call = end(reason);
    return new PermanentCallFailure(message(call, reason), rest, call, cause);
  }

  private static String message(CallRecord call, String reason) {
    return call.method() + " " + call.uris().getLast() + ": " + reason;
  }

  private CallRecord end(String error) {
    CallRecord call = CallRecords.of(request, uris, last, response, error, elapsed());
    listener.called(() -> call);
    return call;
  }
}
