package io.millrace.admin.quarantine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in quarantine, without what it says.
 *
 * @param reason why it could not become a job, for programs: a constant of {@code Refusal}
 * @param explanation the same for people
 * @param resolution what somebody has decided about it; null while nobody has
 */
record Quarantined(
    UUID id,
    Arrivals arrivals,
    String reason,
    String explanation,
    Envelope envelope,
    @Nullable Resolution resolution) {

  /** When it came, and how often the same message did. */
  record Arrivals(Instant first, Instant last, int times) {}

  /**
   * How it came.
   *
   * @param tenant that its header names; null if it names none
   * @param size of its body, in bytes
   */
  record Envelope(
      String queue,
      String exchange,
      String routingKey,
      @Nullable String tenant,
      @Nullable String messageId,
      int size) {}

  /**
   * What became of it.
   *
   * @param what {@code RESUBMITTED} or {@code DISCARDED}
   * @param note why, or what was changed
   * @param job that it has become; null if it was discarded
   */
  record Resolution(
      String what, Instant at, String by, @Nullable String note, @Nullable UUID job) {}
}
