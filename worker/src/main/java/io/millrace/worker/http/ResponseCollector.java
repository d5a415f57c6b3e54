package io.millrace.worker.http;

import io.millrace.handler.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;

/**
 * Gathers one answer, up to so many bytes; what comes decompressed is counted decompressed. When
 * there is more, the exchange ends: the connection is closed, or the stream reset.
 */
final class ResponseCollector implements Response.Listener {

  private final int max;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private volatile boolean begun;
  private volatile boolean truncated;
  private volatile boolean whole;

  ResponseCollector(int max) {
    this.max = max;
  }

  /** Fails with an {@link ExchangeFailedException}. */
  CompletableFuture<HttpResponse> answer() {
    return answer;
  }

  @Override
  public void onBegin(Response response) {
    begun = true;
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    int room = Math.min(content.remaining(), max - body.size());
    byte[] bytes = new byte[room];
    content.get(bytes);
    body.write(bytes, 0, room);
    if (content.hasRemaining() && !truncated) {
      truncated = true;
      response.abort(new EnoughException());
    }
  }

  @Override
  public void onSuccess(Response response) {
    whole = true;
  }

  /**
   * An answer may be whole although the request was not: who is not interested in the rest of a
   * body may say so by ending the stream (RFC 9113, section 8.1).
   */
  @Override
  public void onComplete(Result result) {
    Throwable failure = result.getFailure();
    Response response = result.getResponse();
    if (failure == null || whole || truncated) {
      answer.complete(
          new HttpResponse(response.getStatus(), headers(response), body.toByteArray(), truncated));
    } else {
      answer.completeExceptionally(new ExchangeFailedException(begun, failure));
    }
  }

  private static Map<String, List<String>> headers(Response response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : response.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getName(), _ -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    return headers;
  }

  /** Ends an exchange whose answer is long enough. */
  private static final class EnoughException extends Exception {

    private static final long serialVersionUID = 1;

    EnoughException() {
      super("the answer is longer than allowed", null, false, false);
    }
  }
}
