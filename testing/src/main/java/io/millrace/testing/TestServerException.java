package io.millrace.testing;

import org.jspecify.annotations.Nullable;

/** A server that the tests need is not there; the message says why and what to do. */
public final class TestServerException extends RuntimeException {

  TestServerException(String message) {
    super(message);
  }

  TestServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
