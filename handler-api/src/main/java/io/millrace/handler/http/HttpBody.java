package io.millrace.handler.http;

import java.util.Objects;

/** What a request carries. */
public sealed interface HttpBody {

  /** Nothing. */
  record None() implements HttpBody {}

  /**
   * Bytes as they are.
   *
   * @param bytes not to be changed afterwards
   * @param contentType what they are, such as {@code text/csv; charset=utf-8}
   */
  record Bytes(byte[] bytes, String contentType) implements HttpBody {

    public Bytes {
      Objects.requireNonNull(bytes, "bytes");
      HeaderRules.requireValue("Content-Type", contentType);
    }
  }

  /**
   * What the engine writes as JSON.
   *
   * @param value a record, a map, a list or the like
   */
  record Json(Object value) implements HttpBody {

    public Json {
      Objects.requireNonNull(value, "value");
    }
  }
}
