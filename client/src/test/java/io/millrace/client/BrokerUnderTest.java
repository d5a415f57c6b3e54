package io.millrace.client;

/** The RabbitMQ that the integration tests use. */
final class BrokerUnderTest {

  private static final String VARIABLE = "MILLRACE_TEST_BROKER_URI";

  private BrokerUnderTest() {}

  /** Its AMQP URI; the user may declare, bind and delete everything in its virtual host. */
  static String uri() {
    String uri = System.getenv(VARIABLE);
    if (uri == null || uri.isBlank()) {
      throw new IllegalStateException(
          "this test needs a RabbitMQ: set %s to its AMQP URI".formatted(VARIABLE));
    }
    return uri;
  }
}
