package io.millrace.core.store;

import io.millrace.client.contract.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not become a job, whole.
 *
 * @param id a hash of all that the message says, so that the same one again is recognised
 * @param arrivedAt when it was refused
 * @param reason why, for programs
 * @param explanation why, for people, and what to change
 * @param envelope how it came
 * @param body what it said; not copied
 */
public record QuarantinedMessage(
    UUID id,
    Instant arrivedAt,
    Refusal reason,
    String explanation,
    Envelope envelope,
    byte[] body) {

  /**
   * The same without properties and headers, which the database refuses.
   *
   * @param why in its words
   */
  public QuarantinedMessage withoutHeaders(@Nullable String why) {
    return new QuarantinedMessage(
        id,
        arrivedAt,
        reason,
        explanation + " (its properties and headers could not be kept: " + why + ")",
        new Envelope(
            envelope.queue(), envelope.exchange(), envelope.routingKey(), null, "{}", "{}"),
        body);
  }

  /**
   * How a message came.
   *
   * @param queue the queue it was taken from
   * @param exchange the exchange it was published to
   * @param routingKey the routing key it was published with
   * @param messageId the AMQP {@code message_id}, if any
   * @param propertiesJson the AMQP properties, as a JSON object
   * @param headersJson the AMQP headers, as a JSON object
   */
  public record Envelope(
      String queue,
      String exchange,
      String routingKey,
      @Nullable String messageId,
      String propertiesJson,
      String headersJson) {}
}
