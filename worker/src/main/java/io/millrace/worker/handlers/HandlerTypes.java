package io.millrace.worker.handlers;

import io.millrace.handler.JobHandler;
import java.lang.reflect.Type;
import org.springframework.core.ResolvableType;

/**
 * The type arguments of a handler.
 *
 * @param input what it takes
 * @param output what it gives
 */
record HandlerTypes(Type input, Type output) {

  /**
   * @throws InvalidHandlerException if the class leaves them open, as a lambda does
   */
  static HandlerTypes of(Class<?> handler) {
    ResolvableType[] arguments = ResolvableType.forClass(handler).as(JobHandler.class).getGenerics();
    if (arguments.length != 2 || isOpen(arguments[0]) || isOpen(arguments[1])) {
      throw new InvalidHandlerException(
          handler, "it does not say what it takes and gives: implement Calculation<Input, Output> in a class of its own");
    }
    return new HandlerTypes(arguments[0].getType(), arguments[1].getType());
  }

  private static boolean isOpen(ResolvableType argument) {
    return argument.resolve() == null || argument.hasUnresolvableGenerics();
  }
}
