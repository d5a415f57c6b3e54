package io.millrace.client.contract;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When and how a job is to run; everything may be absent. Start from {@link #NONE}. Times are cut
 * to microseconds.
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

  public JobOptions {
    Objects.requireNonNull(lane, "lane");
    notBefore = writable("notBefore", notBefore);
    deadline = writable("deadline", deadline);
    if (notBefore != null && deadline != null && notBefore.isAfter(deadline)) {
      throw new IllegalArgumentException(
          "the job may not start before %s, which is after its deadline %s"
              .formatted(notBefore, deadline));
    }
    TextRule.NAME.checkIfPresent("unique key", uniqueKey);
    TextRule.NAME.checkIfPresent("concurrency key", concurrencyKey);
    TextRule.NAME.checkIfPresent("subject", subject);
    TextRule.PROPERTY.checkIfPresent("reply-to", replyTo);
    TextRule.PROPERTY.checkIfPresent("correlation id", correlationId);
    TextRule.SOURCE.checkIfPresent("source", source);
    if (traceparent != null && !Traceparent.isValid(traceparent)) {
      throw new IllegalArgumentException("'%s' is no traceparent".formatted(traceparent));
    }
  }

  private static @Nullable Instant writable(String what, @Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    Instant truncated = Rfc3339.truncated(instant);
    if (!Rfc3339.isWritable(truncated)) {
      throw new IllegalArgumentException("%s is out of the years 0 to 9999".formatted(what));
    }
    return truncated;
  }
}
