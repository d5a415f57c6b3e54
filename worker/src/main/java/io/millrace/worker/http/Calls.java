package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpClient;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;

/**
 * Calls systems of others. Everything that leaves the worker goes through here: the guard that
 * refuses what nobody may call, the time limit, redirects, the judgement of the answer, and the
 * record for operators. Thread-safe; made for many virtual threads.
 */
public final class Calls {

  private final HttpProperties properties;
  private final Call.Way way;

  Calls(
      HttpProperties properties,
      AddressGuard guard,
      JettyTransport transport,
      InstantSource clock) {
    this.properties = properties;
    this.way = new Call.Way(guard, transport, clock);
  }

  /** The policy of the configuration, without a base address, headers and a key. */
  public CallPolicy defaults() {
    return new CallPolicy(
        null, Map.of(), properties.limits(), StatusRules.STANDARD, properties.permits(), null);
  }

  /**
   * Sends a request and waits for an answer that it accepts.
   *
   * @param listener hears of the call when it has ended, whatever came of it
   * @throws TransientCallFailure if the same may succeed later
   * @throws PermanentCallFailure if it will not
   * @throws InterruptedException if the thread was interrupted; the call is given up
   */
  public Answer call(HttpRequest request, CallPolicy policy, CallListener listener)
      throws InterruptedException {
    return new Call(request, policy, listener, way).run();
  }

  /** What a handler may be given: calls under one policy. */
  public HttpClient client(CallPolicy policy, CallListener listener) {
    return new HttpClient() {
      @Override
      public HttpResponse send(HttpRequest request) throws InterruptedException {
        return call(request, policy, listener).response();
      }

      @Override
      public <T> T send(HttpRequest request, Class<T> type) throws InterruptedException {
        return read(send(wantingJson(request)), type);
      }

      @Override
      public <T> T read(HttpResponse response, Class<T> type) {
        return JsonBodies.read(response, type);
      }
    };
  }

  /** The request with a header that says that JSON is wanted, unless it says itself what is. */
  public static HttpRequest wantingJson(HttpRequest request) {
    return request.headers().containsKey("Accept")
        ? request
        : request.header("Accept", "application/json");
  }

  /**
   * Reads an answer from JSON; members that {@code type} does not have are ignored.
   *
   * @throws PermanentFailure if the answer was cut, or is no JSON of that kind
   */
  public static <T> T read(HttpResponse response, Class<T> type) {
    return JsonBodies.read(response, type);
  }
}
