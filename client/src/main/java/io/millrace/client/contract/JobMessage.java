package io.millrace.client.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as its publisher states it.
 *
 * @param type what to do
 * @param messageId the idempotency key, unique for its tenant; 1 to 200 characters
 * @param tenant who it belongs to; null leaves it to the broker's user or the configured default
 * @param payload the input, JSON in UTF-8; not copied, so leave it unchanged
 * @param options when and how to run it
 */
public record JobMessage(
    JobType type, String messageId, @Nullable String tenant, byte[] payload, JobOptions options) {

  public JobMessage {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(options, "options");
    if (messageId.isEmpty() || messageId.length() > ContractNames.MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "a message id has 1 to %d characters, this one has %d"
              .formatted(ContractNames.MAX_NAME_LENGTH, messageId.length()));
    }
  }
}
