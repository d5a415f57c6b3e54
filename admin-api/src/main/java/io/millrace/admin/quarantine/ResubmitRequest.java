package io.millrace.admin.quarantine;

import io.millrace.core.quarantine.KeptMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a message before it becomes a job; whatever is left out stays as it came.
 *
 * @param tenant whose the job is; needed unless the message names one
 * @param type its type
 * @param messageId its message id
 * @param headers to set beside those that it has; an empty text, or null, takes one away
 * @param properties of AMQP, likewise
 * @param body its body, as text
 * @param note for people: what was wrong, or what was changed
 */
record ResubmitRequest(
    @Nullable String tenant,
    @Nullable String type,
    @Nullable String messageId,
    @Nullable Map<String, String> headers,
    @Nullable Map<String, String> properties,
    @Nullable String body,
    @Nullable String note) {

  static final ResubmitRequest UNCHANGED =
      new ResubmitRequest(null, null, null, null, null, null, null);

  /** The same for a message that names nobody. */
  ResubmitRequest ofTenant(String otherwise) {
    return new ResubmitRequest(otherwise, type, messageId, headers, properties, body, note);
  }

  /** The message with these changes. */
  KeptMessage applyTo(QuarantinedWhole whole) {
    Quarantined.Envelope envelope = whole.message().envelope();
    KeptMessage kept =
        KeptMessage.of(
            envelope.exchange(),
            envelope.routingKey(),
            whole.properties(),
            whole.headers(),
            whole.body());
    kept = properties == null ? kept : kept.withProperties(properties);
    kept = headers == null ? kept : kept.withHeaders(headers);
    kept = tenant == null ? kept : kept.withTenant(tenant);
    kept = type == null ? kept : kept.withType(type);
    kept = messageId == null ? kept : kept.withMessageId(messageId);
    return body == null ? kept : kept.withBody(body.getBytes(StandardCharsets.UTF_8));
  }
}
