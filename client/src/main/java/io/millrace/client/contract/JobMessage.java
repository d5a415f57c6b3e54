package io.millrace.client.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as its publisher states it.
 *
 * <p>No text may have control characters, halves of surrogate pairs or U+FFFD, which stands for
 * bytes that are not UTF-8; the constructors throw {@link IllegalArgumentException} for them.
 *
 * @param type what to do
 * @param messageId the idempotency key, unique for its tenant; 1 to 200 characters
 * @param tenant who it belongs to, 1 to 200 characters; null leaves it to the broker's user or the
 *     configured default
 * @param payload the input, JSON in UTF-8; not copied, so leave it unchanged
 * @param options when and how to run it
 */
public record JobMessage(
    JobType type, String messageId, @Nullable String tenant, byte[] payload, JobOptions options) {

  public JobMessage {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(options, "options");
    TextRule.NAME.check("message id", messageId);
    TextRule.NAME.checkIfPresent("tenant", tenant);
  }
}
