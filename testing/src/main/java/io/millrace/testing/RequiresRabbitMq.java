package io.millrace.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that needs RabbitMQ itself, not just a broker. Where there is none it is skipped, and the
 * console says so; with {@code MILLRACE_REQUIRE_RABBITMQ=true} it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRabbitMqCondition.class)
public @interface RequiresRabbitMq {

  /** Whether the test uses {@link PrivateRabbit}: a RabbitMQ elsewhere does not do then. */
  boolean killable() default false;
}
