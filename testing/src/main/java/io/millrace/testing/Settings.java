package io.millrace.testing;

import java.net.URI;
import java.util.Optional;

/** What the environment says about the servers of the tests. */
final class Settings {

  static final String AMQP_URI = "MILLRACE_TEST_AMQP_URI";
  static final String MANAGEMENT_URI = "MILLRACE_TEST_AMQP_MANAGEMENT_URI";
  static final String DATABASE_URL = "MILLRACE_TEST_DATABASE_URL";
  static final String DATABASE_USER = "MILLRACE_TEST_DATABASE_USER";
  static final String DATABASE_PASSWORD = "MILLRACE_TEST_DATABASE_PASSWORD";

  /**
   * {@code true}: a test that needs RabbitMQ fails where there is none, instead of being skipped.
   */
  static final String REQUIRE_RABBITMQ = "MILLRACE_REQUIRE_RABBITMQ";

  /** {@code embedded}: the embedded broker, even where there is RabbitMQ. */
  static final String BROKER = "MILLRACE_TEST_BROKER";

  /** {@code false}: no containers, even where Docker answers. */
  static final String DOCKER = "MILLRACE_TEST_DOCKER";

  private Settings() {}

  static Optional<BrokerAddress> broker() {
    return text(AMQP_URI)
        .map(uri -> new BrokerAddress(URI.create(uri), URI.create(required(MANAGEMENT_URI))));
  }

  static Optional<DatabaseAddress> database() {
    return text(DATABASE_URL)
        .map(url -> new DatabaseAddress(url, required(DATABASE_USER), required(DATABASE_PASSWORD)));
  }

  static boolean wantsEmbeddedBroker() {
    return text(BROKER).filter("embedded"::equals).isPresent();
  }

  static boolean requiresRabbitMq() {
    return text(REQUIRE_RABBITMQ).filter("true"::equals).isPresent();
  }

  static boolean allowsDocker() {
    return text(DOCKER).filter("false"::equals).isEmpty();
  }

  private static String required(String name) {
    return text(name).orElseThrow(() -> new TestServerException("set " + name + " as well"));
  }

  private static Optional<String> text(String name) {
    return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
