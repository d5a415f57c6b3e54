package io.millrace.admin.document;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a handler method answers, as far as its signature does not say so. Without it, that is what
 * it returns, with the status 200.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

  /** The status when all is well. */
  int status() default 200;

  /** Whether a {@code Location} says where what was made is. */
  boolean located() default false;

  /** Whether an {@code ETag} says which version it is, so that there may be a 304 instead. */
  boolean tagged() default false;

  /** What the answer is made of, if the method returns what hides it, such as a stream. */
  Class<?> of() default Void.class;

  /** Whether there may be nothing of that name, although the name is in the body. */
  boolean findsNothing() default false;

  /** Whether it has no answer of its own, and always refuses. */
  boolean refusesOnly() default false;
}
