package io.millrace.handler.http;

import io.millrace.handler.PermanentFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to somebody else's system: {@code HttpRequest.post("/scores").json(query)}.
 * Immutable; each method returns another one.
 */
public final class HttpRequest {

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

  private final String method;
  private final String target;
  private final Map<String, List<String>> headers;
  private final HttpBody body;
  private final IntPredicate accepted;
  private final @Nullable Duration limit;

  private HttpRequest(
      String method,
      String target,
      Map<String, List<String>> headers,
      HttpBody body,
      IntPredicate accepted,
      @Nullable Duration limit) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.accepted = accepted;
    this.limit = limit;
  }

  public static HttpRequest get(String target) {
    return of("GET", target);
  }

  public static HttpRequest post(String target) {
    return of("POST", target);
  }

  public static HttpRequest put(String target) {
    return of("PUT", target);
  }

  public static HttpRequest patch(String target) {
    return of("PATCH", target);
  }

  public static HttpRequest delete(String target) {
    return of("DELETE", target);
  }

  /**
   * A request without headers and body that accepts every status from 200 to 299.
   *
   * @param method in capitals; not {@code CONNECT} or {@code TRACE}
   * @param target an address, {@code https://host/path}, or, where the called system has a
   *     configured base address, what follows it, with a slash first; characters outside ASCII and
   *     spaces are spelled by their codes. Whether it may be called is decided when it is sent.
   * @throws IllegalArgumentException if there is no such method
   */
  public static HttpRequest of(String method, String target) {
    if (!METHOD.matcher(method).matches() || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new IllegalArgumentException("'" + method + "' is not a method to call with");
    }
    Objects.requireNonNull(target, "target");
    return new HttpRequest(
        method,
        target,
        Map.of(),
        new HttpBody.None(),
        status -> status >= 200 && status <= 299,
        null);
  }

  /**
   * With one header more; several of the same name are allowed.
   *
   * @throws IllegalArgumentException if that is not a name, or one that the engine sets itself:
   *     {@code Host}, {@code Content-Length}, and those of the connection
   * @throws PermanentFailure if the value is not in printable ASCII
   */
  public HttpRequest header(String name, String value) {
    HeaderRules.requireName(name);
    HeaderRules.requireValue(name, value);
    Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
    values.add(value.strip());
    more.put(name, List.copyOf(values));
    return new HttpRequest(
        method, target, Collections.unmodifiableMap(more), body, accepted, limit);
  }

  /** With a body that the engine writes as JSON. */
  public HttpRequest json(Object value) {
    return withBody(new HttpBody.Json(value));
  }

  /**
   * With a body as it is.
   *
   * @param bytes not to be changed afterwards
   * @throws PermanentFailure if the content type is not in printable ASCII
   */
  public HttpRequest bytes(byte[] bytes, String contentType) {
    return withBody(new HttpBody.Bytes(bytes, contentType));
  }

  private HttpRequest withBody(HttpBody other) {
    return new HttpRequest(method, target, headers, other, accepted, limit);
  }

  /**
   * Accepts exactly these statuses; an answer with another is a failure.
   *
   * @throws IllegalArgumentException if there is none, or one is not from 200 to 599
   */
  public HttpRequest accepting(int... statuses) {
    int[] sorted = statuses.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      throw new IllegalArgumentException("name at least one status to accept");
    }
    requireStatus(sorted[0]);
    requireStatus(sorted[sorted.length - 1]);
    return withAccepted(status -> Arrays.binarySearch(sorted, status) >= 0);
  }

  /**
   * Accepts the statuses from {@code first} to {@code last}, both included.
   *
   * @throws IllegalArgumentException if one is not from 200 to 599
   */
  public HttpRequest acceptingFrom(int first, int last) {
    requireStatus(first);
    requireStatus(last);
    return withAccepted(status -> status >= first && status <= last);
  }

  private HttpRequest withAccepted(IntPredicate other) {
    return new HttpRequest(method, target, headers, body, other, limit);
  }

  /**
   * Allows the whole call this long; the engine's own limit still holds if it is shorter.
   *
   * @throws IllegalArgumentException if that is no time at all
   */
  public HttpRequest within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a call needs some time, and not " + time);
    }
    return new HttpRequest(method, target, headers, body, accepted, time);
  }

  public String method() {
    return method;
  }

  /** As it was given. */
  public String target() {
    return target;
  }

  /** The values of each header, by a name in which capitals do not matter. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  public HttpBody body() {
    return body;
  }

  /** Whether an answer with this status is a success. */
  public boolean accepts(int status) {
    return accepted.test(status);
  }

  /** How long the call may take, if the author has set a limit. */
  public Optional<Duration> limit() {
    return Optional.ofNullable(limit);
  }

  /** Without headers, query and body, which may hold what is not to be logged. */
  @Override
  public String toString() {
    int query = target.indexOf('?');
    return method + " " + (query < 0 ? target : target.substring(0, query));
  }

  private static void requireStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("a status is from 200 to 599, and not " + status);
    }
  }
}
