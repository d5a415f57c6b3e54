package io.millrace.worker.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what came back, for operators, without secrets: values of the query,
 * credentials in headers, and members of JSON whose names say that they are secret, are replaced by
 * {@code ***}.
 *
 * @param method of the last request
 * @param uris where it went: the first address, then those that redirects led to
 * @param requestHeaders of the last request; several values of one name are joined by commas
 * @param requestBody the first 4 KiB as text; empty if there is none
 * @param status of the last answer; 0 if there was none
 * @param responseHeaders of the last answer
 * @param responseBody the first 4 KiB as text
 * @param error why there is no answer that was accepted, in words; null if there is one
 * @param duration from the beginning of the call to its end
 */
public record CallRecord(
    String method,
    List<String> uris,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> responseHeaders,
    String responseBody,
    @Nullable String error,
    Duration duration) {

  public CallRecord {
    uris = List.copyOf(uris);
    requestHeaders = Map.copyOf(requestHeaders);
    responseHeaders = Map.copyOf(responseHeaders);
  }

  /** The same as JSON; the duration in milliseconds. */
  public String json() {
    return JsonBodies.text(
        new Text(
            method,
            uris,
            requestHeaders,
            requestBody,
            status,
            responseHeaders,
            responseBody,
            error,
            duration.toMillis()));
  }

  private record Text(
      String method,
      List<String> uris,
      Map<String, String> requestHeaders,
      String requestBody,
      int status,
      Map<String, String> responseHeaders,
      String responseBody,
      @Nullable String error,
      long millis) {}
}
