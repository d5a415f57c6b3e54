package io.millrace.worker.httpcall;

import io.millrace.handler.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer becomes the job's result, beside its status.
 *
 * @param headers which ones, by their names; none if absent
 * @param body in which form; as text if absent
 * @param bodyBytes how much of it at most; 0 to 262,144; 65,536 if absent
 */
public record Keep(List<String> headers, Form body, Integer bodyBytes) {

  /** How a body is kept. */
  public enum Form {
    /** As text, in the charset that its content type names, else in UTF-8. */
    TEXT,
    /** As it is, in Base64. */
    BASE64,
    /** Not at all. */
    NONE
  }

  static final Keep DEFAULT = new Keep(List.of(), Form.TEXT, 65_536);

  private static final int MOST = 262_144;

  /**
   * @throws IllegalArgumentException if that is more than may be kept
   */
  public Keep {
    headers = List.copyOf(Objects.requireNonNullElse(headers, List.of()));
    body = Objects.requireNonNullElse(body, Form.TEXT);
    bodyBytes = Objects.requireNonNullElse(bodyBytes, 65_536);
    if (bodyBytes < 0 || bodyBytes > MOST) {
      throw new IllegalArgumentException("keep.bodyBytes must be 0 to " + MOST);
    }
  }

  /** What is kept of {@code answer}. */
  HttpCallResult of(HttpResponse answer) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String name : headers) {
      List<String> values = answer.headers().get(name);
      if (values != null) {
        kept.put(name, values);
      }
    }
    boolean more = body != Form.NONE && (answer.truncated() || answer.body().length > bodyBytes);
    return new HttpCallResult(answer.status(), kept, body(answer, more), more);
  }

  private @Nullable String body(HttpResponse answer, boolean more) {
    byte[] bytes = Arrays.copyOf(answer.body(), Math.min(answer.body().length, bodyBytes));
    return switch (body) {
      case TEXT -> text(new HttpResponse(answer.status(), answer.headers(), bytes, more));
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case NONE -> null;
    };
  }

  /** Without the half of a character that it may have been cut in. */
  private static String text(HttpResponse answer) {
    String text = answer.text();
    return answer.truncated() && text.endsWith("\uFFFD")
        ? text.substring(0, text.length() - 1)
        : text;
  }
}
