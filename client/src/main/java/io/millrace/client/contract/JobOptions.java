package io.millrace.client.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and how a job is to run; everything may be absent. Start from {@link #NONE}.
 *
 * @param lane which of the type's queues it takes
 * @param notBefore when it may start at the earliest
 * @param deadline after what time it is not started any more
 * @param uniqueKey while a job of its tenant, type and key is unfinished, another is cancelled; at
 *     most 200 characters
 * @param concurrencyKey at most N jobs of the type with this key run at a time; at most 200
 *     characters
 * @param subject the person the payload is about; at most 200 characters
 * @param replyTo a queue that gets the outcome as well
 * @param correlationId given back with the outcome
 * @param traceparent W3C Trace Context
 * @param source the CloudEvents {@code source}, if it came as one
 */
public record JobOptions(
    Lane lane,
    @Nullable Instant notBefore,
    @Nullable Instant deadline,
    @Nullable String uniqueKey,
    @Nullable String concurrencyKey,
    @Nullable String subject,
    @Nullable String replyTo,
    @Nullable String correlationId,
    @Nullable String traceparent,
    @Nullable String source) {

  /** The normal lane, and nothing else. */
  public static final JobOptions NONE =
      new JobOptions(Lane.NORMAL, null, null, null, null, null, null, null, null, null);
}
