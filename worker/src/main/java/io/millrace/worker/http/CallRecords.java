package io.millrace.worker.http;

import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down a call without its secrets. Pure. */
final class CallRecords {

  private CallRecords() {}

  /**
   * @param last the last request that was sent; null if none was
   * @param response the last answer, if there was one
   */
  static CallRecord of(
      HttpRequest request,
      List<String> uris,
      @Nullable Hop last,
      @Nullable HttpResponse response,
      @Nullable String error,
      Duration duration) {
    return new CallRecord(
        last == null ? request.method() : last.method(),
        uris.isEmpty() ? List.of(Redaction.uri(request.target())) : uris,
        Redaction.headers(last == null ? request.headers() : last.headers()),
        last == null ? "" : Redaction.body(last.body()),
        response == null ? 0 : response.status(),
        response == null ? Map.of() : Redaction.headers(response.headers()),
        response == null ? "" : Redaction.body(response.body()),
        error,
        duration);
  }
}
