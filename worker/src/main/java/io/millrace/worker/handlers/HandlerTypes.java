package io.millrace.worker.handlers;

import io.millrace.handler.JobHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;

/**
 * The type arguments of a handler.
 *
 * @param input what it takes
 * @param output what it gives
 */
record HandlerTypes(Class<?> input, Class<?> output) {

  /**
   * @throws InvalidHandlerException if the class leaves them open, as a lambda does
   */
  static HandlerTypes of(Class<?> handler) {
    Class<?> @Nullable [] arguments =
        GenericTypeResolver.resolveTypeArguments(handler, JobHandler.class);
    if (arguments == null || arguments.length != 2) {
      throw new InvalidHandlerException(
          handler,
          "it does not say what it takes and gives: implement Calculation<Input, Output> in a class of its own");
    }
    return new HandlerTypes(arguments[0], arguments[1]);
  }
}
