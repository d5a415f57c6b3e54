package io.millrace.standalone.engine;

import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerProperties;
import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.time.Duration;

/** Whether a broker answers. */
public final class BrokerCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private BrokerCheck() {}

  /**
   * Connects and disconnects.
   *
   * @throws CommandFailure if that does not work
   */
  public static void requireBroker(String uri) {
    try {
      new BrokerConnector(new BrokerProperties(uri, PATIENCE)).connect("millrace check").close();
    } catch (IOException e) {
      throw new CommandFailure(
          "%s: check --broker or MILLRACE_BROKER_URI".formatted(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "this is no address of a broker: write amqp://user:password@host:port/vhost", e);
    }
  }
}
