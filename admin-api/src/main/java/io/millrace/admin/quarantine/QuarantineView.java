package io.millrace.admin.quarantine;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in quarantine as the API shows it; what does not apply is left out.
 *
 * @param reason why it could not become a job: a constant of {@code Refusal}
 * @param explanation the same for people
 * @param type its routing key
 * @param size of its body, in bytes
 * @param state {@code OPEN}, {@code RESUBMITTED} or {@code DISCARDED}
 * @param note why it was decided so, or what was changed
 * @param job that it has become
 * @param content what it says; only of a single message
 */
record QuarantineView(
    UUID id,
    String reason,
    String explanation,
    Instant arrivedAt,
    Instant lastArrivedAt,
    int arrivals,
    String queue,
    String exchange,
    String type,
    @Nullable String tenant,
    @Nullable String messageId,
    int size,
    String state,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String note,
    @Nullable UUID job,
    @Nullable ContentView content) {

  /**
   * What a message says.
   *
   * @param properties of AMQP
   * @param body as text if it is UTF-8; left out, with {@code redacted}, for those who may not read
   *     payloads
   * @param bodyBase64 otherwise
   */
  record ContentView(
      @JsonRawValue @Nullable String properties,
      @JsonRawValue @Nullable String headers,
      @Nullable String body,
      @Nullable String bodyBase64,
      @Nullable Boolean redacted) {

    static final ContentView REDACTED = new ContentView(null, null, null, null, true);

    static ContentView of(QuarantinedWhole whole) {
      String text = text(whole.body());
      return new ContentView(
          whole.properties(),
          whole.headers(),
          text,
          text == null ? Base64.getEncoder().encodeToString(whole.body()) : null,
          null);
    }

    private static @Nullable String text(byte[] body) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      } catch (CharacterCodingException _) {
        return null;
      }
    }
  }

  static QuarantineView of(Quarantined message) {
    return of(message, null);
  }

  static QuarantineView of(Quarantined message, @Nullable ContentView content) {
    Quarantined.Resolution resolution = message.resolution();
    Quarantined.Envelope envelope = message.envelope();
    return new QuarantineView(
        message.id(),
        message.reason(),
        message.explanation(),
        message.arrivals().first(),
        message.arrivals().last(),
        message.arrivals().times(),
        envelope.queue(),
        envelope.exchange(),
        envelope.routingKey(),
        envelope.tenant(),
        envelope.messageId(),
        envelope.size(),
        resolution == null ? "OPEN" : resolution.what(),
        resolution == null ? null : resolution.at(),
        resolution == null ? null : resolution.by(),
        resolution == null ? null : resolution.note(),
        resolution == null ? null : resolution.job(),
        content);
  }
}
