package io.millrace.client.contract;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads job messages as they come from the broker: plain ones and CloudEvents. Every message gives
 * a {@link Reading}; none makes it throw. Thread-safe.
 */
public final class JobMessageReader {

  private final int maxBodyBytes;

  /**
   * @param maxBodyBytes the largest body that is read; the contract's default is {@link
   *     ContractNames#DEFAULT_MAX_BODY_BYTES}
   */
  public JobMessageReader(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * What the message says.
   *
   * @param exchange where it was published to; the exchanges of the lanes tell the lane, any other
   *     one means the normal lane
   * @param body stays the payload of a plain message as it is, neither parsed nor copied
   */
  public Reading read(String exchange, String routingKey, BasicProperties properties, byte[] body) {
    String knownId = usable(properties.getMessageId());
    try {
      refuseTooLarge(body);
      Map<String, Object> headers = properties.getHeaders();
      headers = headers == null ? Map.of() : headers;
      CloudEvent event = JobCloudEvent.in(properties, headers, body);
      if (knownId == null && event != null) {
        knownId = usable(event.attribute(CloudEvent.ID));
      }

      JobType type = type(routingKey, properties, event);
      String messageId = messageId(properties, event);
      String tenant = text(headers, event, JobHeader.TENANT);
      JobOptions options = options(ContractNames.laneOf(exchange), properties, headers, event);
      byte[] payload = event == null ? body : JobCloudEvent.payload(event);
      return new Reading.Readable(
          new JobMessage(type, messageId, tenant, payload, options),
          property("user_id", properties.getUserId()));
    } catch (RefusedMessage refused) {
      return new Reading.Refused(refused.refusal(), refused.explanation(), knownId);
    }
  }

  private void refuseTooLarge(byte[] body) {
    if (body.length > maxBodyBytes) {
      throw new RefusedMessage(
          Refusal.TOO_LARGE,
          "The body has %d bytes, %d are allowed. Send a reference to the data instead of the data."
              .formatted(body.length, maxBodyBytes));
    }
  }

  private static JobType type(
      String routingKey, BasicProperties properties, @Nullable CloudEvent event) {
    if (!JobType.isValid(routingKey)) {
      throw new RefusedMessage(
          Refusal.INVALID_TYPE,
          "The routing key '%s' is no job type. Use words of a-z, 0-9 and '-', joined by dots, at most %d characters."
              .formatted(TextRule.shown(routingKey), JobType.MAX_LENGTH));
    }
    refuseOtherType(routingKey, "AMQP type", properties.getType());
    if (event != null) {
      refuseOtherType(routingKey, "CloudEvents type", event.required(CloudEvent.TYPE));
    }
    return new JobType(routingKey);
  }

  private static void refuseOtherType(String routingKey, String what, @Nullable String type) {
    if (type != null && !type.isEmpty() && !type.equals(routingKey)) {
      throw contradiction(
          "The routing key is '%s' and the %s is '%s'. Make them the same."
              .formatted(routingKey, what, TextRule.shown(type)));
    }
  }

  private static String messageId(BasicProperties properties, @Nullable CloudEvent event) {
    String ofProperties = properties.getMessageId();
    boolean isSet = ofProperties != null && !ofProperties.isEmpty();
    String ofEvent = event == null ? null : event.required(CloudEvent.ID);
    if (isSet && ofEvent != null && !ofEvent.equals(ofProperties)) {
      throw contradiction(
          "The AMQP message_id is '%s' and the CloudEvents id is '%s'. Send one of them, or make them the same."
              .formatted(TextRule.shown(ofProperties), TextRule.shown(ofEvent)));
    }
    String id = ofEvent != null ? ofEvent : ofProperties;
    if (id == null || id.isEmpty()) {
      throw new RefusedMessage(
          Refusal.MISSING_MESSAGE_ID,
          "The message has no message_id. Set one that stays the same when the message is sent again.");
    }
    String violation = TextRule.NAME.violation(id);
    if (violation != null) {
      throw new RefusedMessage(
          Refusal.INVALID_MESSAGE_ID,
          "The message id '%s' %s. Use 1 to %d characters without control characters, in UTF-8."
              .formatted(TextRule.shown(id), violation, TextRule.NAME.maxLength()));
    }
    return id;
  }

  private static JobOptions options(
      Lane lane,
      BasicProperties properties,
      Map<String, Object> headers,
      @Nullable CloudEvent event) {
    Instant notBefore = instant(headers, event, JobHeader.NOT_BEFORE);
    Instant deadline = instant(headers, event, JobHeader.DEADLINE);
    if (notBefore != null && deadline != null && notBefore.isAfter(deadline)) {
      throw contradiction(
          "The job may not start before %s, which is after its deadline %s. Change one of them."
              .formatted(notBefore, deadline));
    }
    return new JobOptions(
        lane,
        notBefore,
        deadline,
        text(headers, event, JobHeader.UNIQUE_KEY),
        text(headers, event, JobHeader.CONCURRENCY_KEY),
        text(headers, event, JobHeader.SUBJECT),
        property("reply_to", properties.getReplyTo()),
        property("correlation_id", properties.getCorrelationId()),
        traceparent(headers, event),
        event == null ? null : JobCloudEvent.source(event));
  }

  private static @Nullable String text(
      Map<String, Object> headers, @Nullable CloudEvent event, JobHeader which) {
    String value = stated(headers, event, which);
    String violation = value == null ? null : TextRule.NAME.violation(value);
    if (violation != null) {
      throw new RefusedMessage(
          Refusal.INVALID_HEADER,
          "The header '%s' %s. Leave it out, or use 1 to %d characters without control characters, in UTF-8."
              .formatted(which.header(), violation, TextRule.NAME.maxLength()));
    }
    return value;
  }

  private static @Nullable Instant instant(
      Map<String, Object> headers, @Nullable CloudEvent event, JobHeader which) {
    String value = stated(headers, event, which);
    if (value == null) {
      return null;
    }
    Instant instant = Rfc3339.parse(value);
    if (instant == null) {
      String advice =
          Rfc3339.isLocalTime(value)
              ? "has no offset from UTC. End it with 'Z' or an offset such as '+01:00'."
              : "is no time of RFC 3339. Write it as '2026-11-22T10:15:30Z'.";
      throw new RefusedMessage(
          Refusal.INVALID_HEADER,
          "The header '%s', '%s', %s".formatted(which.header(), TextRule.shown(value), advice));
    }
    return instant;
  }

  /** What the header or the attribute of the event says, which may not say different things. */
  private static @Nullable String stated(
      Map<String, Object> headers, @Nullable CloudEvent event, JobHeader which) {
    String header = HeaderText.of(headers, which.header());
    String attribute = event == null ? null : event.attribute(which.attribute());
    if (header != null && attribute != null && !header.equals(attribute)) {
      throw contradiction(
          "The header '%s' is '%s' and the CloudEvents attribute '%s' is '%s'. Send one of them, or make them the same."
              .formatted(
                  which.header(),
                  TextRule.shown(header),
                  which.attribute(),
                  TextRule.shown(attribute)));
    }
    return header != null ? header : attribute;
  }

  /**
   * The trace; the header is nearer to the sender than the attribute, and they may differ
   * (CloudEvents Distributed Tracing extension). One that cannot be read is as good as none (W3C
   * Trace Context, section 3.2).
   */
  private static @Nullable String traceparent(
      Map<String, Object> headers, @Nullable CloudEvent event) {
    String header = HeaderText.of(headers, JobHeader.TRACEPARENT.header());
    String attribute = event == null ? null : event.attribute(JobHeader.TRACEPARENT.attribute());
    String value = header != null ? header : attribute;
    return value != null && Traceparent.isValid(value) ? value : null;
  }

  private static @Nullable String property(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    String violation = TextRule.PROPERTY.violation(value);
    if (violation != null) {
      throw new RefusedMessage(
          Refusal.INVALID_HEADER,
          "The AMQP %s %s. Leave it out, or use text without control characters, in UTF-8."
              .formatted(name, violation));
    }
    return value;
  }

  private static @Nullable String usable(@Nullable String id) {
    return id != null && TextRule.NAME.allows(id) ? id : null;
  }

  private static RefusedMessage contradiction(String explanation) {
    return new RefusedMessage(Refusal.CONTRADICTION, explanation);
  }
}
