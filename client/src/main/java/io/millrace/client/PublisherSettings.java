package io.millrace.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a publisher behaves.
 *
 * @param name what the broker's management shows as the name of the connection
 * @param tenant whose jobs these are, where a message does not say
 * @param maxInFlight how many messages may wait for their confirmation; 1 to 100,000
 * @param maxWait how long {@code publish} waits for its turn when so many do; 0 to 1 h
 * @param confirmTimeout how long a message may take until it is confirmed, reconnections included;
 *     10 ms to 1 h
 * @param closeTimeout how long {@code close} waits for confirmations; 0 to 1 h
 */
record PublisherSettings(
    String name,
    @Nullable String tenant,
    int maxInFlight,
    Duration maxWait,
    Duration confirmTimeout,
    Duration closeTimeout) {

  static final PublisherSettings DEFAULTS =
      new PublisherSettings(
          "millrace-publisher",
          null,
          2_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10));

  private static final int MOST_IN_FLIGHT = 100_000;

  PublisherSettings {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the publisher's name is blank");
    }
    if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "maxInFlight is %d and has to be 1 to %d".formatted(maxInFlight, MOST_IN_FLIGHT));
    }
    within("maxWait", maxWait, Duration.ZERO);
    within("confirmTimeout", confirmTimeout, Duration.ofMillis(10));
    within("closeTimeout", closeTimeout, Duration.ZERO);
  }

  private static void within(String what, Duration value, Duration least) {
    Duration most = Duration.ofHours(1);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s and has to be %s to %s".formatted(what, value, least, most));
    }
  }
}
