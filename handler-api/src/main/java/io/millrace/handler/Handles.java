package io.millrace.handler;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Names the type of the jobs that the annotated handler does. */
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface Handles {

  /** The job type, such as {@code loan.amortize}; it is the routing key of the messages. */
  String value();

  /**
   * A JSON Schema (draft 2020-12) for the payload: the path of a resource beside the handler's
   * class, or from the root of its jar with a leading slash. Without one the payload must just fit
   * the input record.
   */
  String schema() default "";
}
