package io.millrace.handler;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names what all calls of the annotated {@link Integration} depend upon. While that is down, the
 * jobs of this type are not even taken from the broker.
 */
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface Calls {

  /** The dependency, such as {@code credit-bureau}: a name of a-z, digits and '-'. */
  String value();
}
