package io.millrace.standalone.failure;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked. The message is one line and says what to do. */
public final class CommandFailure extends RuntimeException {

  public CommandFailure(String message) {
    this(message, null);
  }

  public CommandFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
