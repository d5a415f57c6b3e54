package io.millrace.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test that needs RabbitMQ can run. */
final class RequiresRabbitMqCondition implements ExecutionCondition {

  static final String MISSING =
      "there is no RabbitMQ: ./millrace test installs one; or install rabbitmq-server, start Docker,"
          + " or set "
          + Settings.AMQP_URI
          + " and "
          + Settings.MANAGEMENT_URI;

  private static final ConditionEvaluationResult RUN =
      ConditionEvaluationResult.enabled("there is RabbitMQ");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), RequiresRabbitMq.class)
        .map(need -> decide(name(context), isThere(need), Settings.requiresRabbitMq()))
        .map(result -> announced(context, result))
        .orElse(RUN);
  }

  private static ConditionEvaluationResult announced(
      ExtensionContext context, ConditionEvaluationResult result) {
    if (result.isDisabled()) {
      Console.warn("SKIPPED %s, %s".formatted(name(context), MISSING));
    }
    return result;
  }

  private static String name(ExtensionContext context) {
    String method = context.getTestMethod().map(test -> "." + test.getName()).orElse("");
    return context.getRequiredTestClass().getSimpleName() + method;
  }

  static ConditionEvaluationResult decide(String test, boolean isThere, boolean required) {
    if (isThere) {
      return RUN;
    }
    if (required) {
      throw new TestServerException(test + " cannot run, " + MISSING);
    }
    return ConditionEvaluationResult.disabled(MISSING);
  }

  private static boolean isThere(RequiresRabbitMq need) {
    if (Settings.wantsEmbeddedBroker()) {
      return false;
    }
    if (PrivateRabbit.isAvailable()) {
      return true;
    }
    return !need.killable() && (Settings.broker().isPresent() || Docker.answers());
  }
}
