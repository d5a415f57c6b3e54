package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes job messages as {@link JobMessageReader} reads them: persistent, the payload as it is. A
 * message with a CloudEvents source becomes a CloudEvent in binary mode. Thread-safe.
 */
public final class JobMessageWriter {

  private static final int PERSISTENT = 2;
  private static final int MAX_SHORT_STRING_BYTES = 255;

  /**
   * Checks what a message must hold to beyond the rules of its values, by whatever way it goes:
   * that no AMQP property would have more than 255 bytes in UTF-8.
   *
   * @throws IllegalArgumentException if one would
   */
  public static void check(JobMessage message) {
    JobOptions options = message.options();
    checkShortString("message id", message.messageId());
    checkShortString("reply-to", options.replyTo());
    checkShortString("correlation id", options.correlationId());
  }

  /**
   * @throws IllegalArgumentException as {@link #check}
   */
  public EncodedMessage write(JobMessage message) {
    check(message);
    JobOptions options = message.options();
    BasicProperties properties =
        new BasicProperties.Builder()
            .deliveryMode(PERSISTENT)
            .contentType(ContractNames.JSON)
            .messageId(message.messageId())
            .type(message.type().name())
            .replyTo(options.replyTo())
            .correlationId(options.correlationId())
            .headers(headers(message))
            .build();
    return new EncodedMessage(
        ContractNames.exchangeOf(options.lane()),
        message.type().name(),
        properties,
        message.payload());
  }

  private static Map<String, Object> headers(JobMessage message) {
    Map<String, Object> headers = new LinkedHashMap<>();
    JobOptions options = message.options();
    put(headers, JobHeader.TENANT, message.tenant());
    put(headers, JobHeader.NOT_BEFORE, text(options.notBefore()));
    put(headers, JobHeader.DEADLINE, text(options.deadline()));
    put(headers, JobHeader.UNIQUE_KEY, options.uniqueKey());
    put(headers, JobHeader.CONCURRENCY_KEY, options.concurrencyKey());
    put(headers, JobHeader.SUBJECT, options.subject());
    put(headers, JobHeader.TRACEPARENT, options.traceparent());
    if (options.source() != null) {
      putEvent(headers, CloudEvent.SPEC_VERSION, CloudEvent.VERSION);
      putEvent(headers, CloudEvent.ID, message.messageId());
      putEvent(headers, CloudEvent.SOURCE, options.source());
      putEvent(headers, CloudEvent.TYPE, message.type().name());
    }
    return headers;
  }

  private static void put(Map<String, Object> headers, JobHeader header, @Nullable String value) {
    if (value != null) {
      headers.put(header.header(), value);
    }
  }

  private static void putEvent(Map<String, Object> headers, String attribute, String value) {
    headers.put(ContractNames.CLOUD_EVENTS_COLON + attribute, value);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** AMQP 0-9-1, section 4.2.5.3: a short string has one byte for its length. */
  private static void checkShortString(String what, @Nullable String value) {
    if (value != null && value.length() * 3 > MAX_SHORT_STRING_BYTES) {
      int bytes = value.getBytes(UTF_8).length;
      if (bytes > MAX_SHORT_STRING_BYTES) {
        throw new IllegalArgumentException(
            "the %s '%s' has %d bytes in UTF-8, AMQP carries %d"
                .formatted(what, TextRule.shown(value), bytes, MAX_SHORT_STRING_BYTES));
      }
    }
  }
}
