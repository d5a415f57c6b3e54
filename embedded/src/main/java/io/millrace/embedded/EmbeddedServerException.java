package io.millrace.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server did not start, stop or answer; the message says why and what to do. */
public final class EmbeddedServerException extends RuntimeException {

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
