package io.millrace.worker.handlers;

/** A handler that the worker cannot use, found at start-up. */
public class InvalidHandlerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidHandlerException(Class<?> handler, String why) {
    super("handler %s cannot be used: %s".formatted(handler.getName(), why));
  }
}
