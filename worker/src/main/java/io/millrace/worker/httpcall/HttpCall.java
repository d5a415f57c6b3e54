package io.millrace.worker.httpcall;

import io.millrace.handler.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as a payload describes it: to a {@code url}, or to a {@code path} of a configured {@code
 * dependency}, whose credentials stay in the configuration.
 *
 * @param method such as {@code POST}
 * @param url whole, {@code https://api.example.com/v1/loans}
 * @param dependency what is configured under {@code millrace.dependencies}
 * @param path what follows its base address, with a slash first, perhaps with a query
 * @param headers by name; none if absent. They are kept with the job: no place for credentials
 * @param json the body, sent as it was written
 * @param text the body, sent in UTF-8
 * @param contentType of the body; {@code application/json} or {@code text/plain; charset=utf-8} if
 *     absent
 * @param accept the statuses that are a success; those from 200 to 299 if absent
 * @param timeLimitMillis how long the call may take, if that is less than what is configured
 * @param keep what of the answer becomes the result
 */
public record HttpCall(
    String method,
    @Nullable String url,
    @Nullable String dependency,
    @Nullable String path,
    Map<String, String> headers,
    @Nullable JsonText json,
    @Nullable String text,
    @Nullable String contentType,
    List<Integer> accept,
    @Nullable Integer timeLimitMillis,
    Keep keep) {

  /**
   * @throws IllegalArgumentException if that is no call that could be made; the message has none of
   *     the values
   * @throws io.millrace.handler.PermanentFailure if a header's value is one that none may have
   */
  public HttpCall {
    headers = Map.copyOf(Objects.requireNonNullElse(headers, Map.of()));
    accept = List.copyOf(Objects.requireNonNullElse(accept, List.of()));
    keep = Objects.requireNonNullElse(keep, Keep.DEFAULT);
    require(
        url == null ? dependency != null && path != null : dependency == null && path == null,
        "name either a url, or a dependency and a path");
    require(path == null || path.startsWith("/"), "path must begin with a slash");
    if (url != null) {
      hostOf(url);
    }
    require(json == null || text == null, "name one body, json or text");
    require(
        contentType == null || json != null || text != null,
        "contentType is there, and neither json nor text");
    require(
        headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase),
        "name the type of the body in contentType and not in headers");
    HttpRequest plain = withHeaders(HttpRequest.of(method, "/"), headers);
    if (contentType != null) {
      plain.bytes(new byte[0], contentType);
    }
  }

  /** What is sent. */
  HttpRequest request() {
    HttpRequest request =
        withHeaders(HttpRequest.of(method, url == null ? String.valueOf(path) : url), headers);
    if (json != null) {
      request = request.bytes(json.utf8(), typeOr("application/json"));
    } else if (text != null) {
      request =
          request.bytes(text.getBytes(StandardCharsets.UTF_8), typeOr("text/plain; charset=utf-8"));
    }
    if (!accept.isEmpty()) {
      request = request.accepting(accept.stream().mapToInt(Integer::intValue).toArray());
    }
    return timeLimitMillis == null ? request : request.within(Duration.ofMillis(timeLimitMillis));
  }

  private String typeOr(String standard) {
    return Objects.requireNonNullElse(contentType, standard);
  }

  /** The host of the url as a dependency: {@code http/api.example.com}, with a port of its own. */
  String host() {
    return "http/" + hostOf(Objects.requireNonNull(url, "url"));
  }

  private static HttpRequest withHeaders(HttpRequest plain, Map<String, String> headers) {
    HttpRequest request = plain;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.header(header.getKey(), header.getValue());
    }
    return request;
  }

  /** Whether it may be called is decided when it is. */
  private static String hostOf(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url cannot be read: " + e.getReason());
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    require(
        uri.getHost() != null && (scheme.equals("http") || scheme.equals("https")),
        "url must be http:// or https:// and a host");
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean standard = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
    return standard ? host : host + ":" + uri.getPort();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Without headers, query and body, which may hold what is not to be logged. */
  @Override
  public String toString() {
    return request().toString();
  }
}
