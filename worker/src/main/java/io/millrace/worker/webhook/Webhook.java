package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks to be told to an endpoint of its tenant.
 *
 * @param endpoint the id of the endpoint
 * @param type of the event, such as {@code invoice.paid}
 * @param timestamp when the event happened, RFC 3339; null for when the job was accepted
 * @param data what there is to say of it
 */
record Webhook(String endpoint, String type, @Nullable String timestamp, RawJson data) {

  /** Needs no escapes in JSON. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /**
   * @throws IllegalArgumentException if the type or the timestamp has another form
   */
  Webhook {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "the type of an event is words of letters, digits, '_' and '-', joined by dots");
    }
    if (timestamp != null) {
      requireTime(timestamp);
    }
  }

  private static void requireTime(String timestamp) {
    try {
      OffsetDateTime.parse(timestamp);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          "the timestamp is no time as RFC 3339 writes it, such as 2026-11-22T10:15:30Z");
    }
  }

  /**
   * What is sent, the same bytes over all attempts.
   *
   * @param acceptedAt when the job was accepted
   */
  byte[] body(Instant acceptedAt) {
    String time = timestamp == null ? acceptedAt.toString() : timestamp;
    ByteArrayOutputStream body = new ByteArrayOutputStream(data.utf8().length + 200);
    body.writeBytes(
        "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":".formatted(type, time).getBytes(UTF_8));
    body.writeBytes(data.utf8());
    body.write('}');
    return body.toByteArray();
  }
}
