package io.millrace.core.failure;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group with the jobs that stand failed in it now, as far as somebody may see them. One that was
 * replayed is not in it any more, unless it failed again.
 *
 * @param about what they have in common; null of those that failed before there were groups
 * @param jobs how many
 * @param firstAt when the first of them failed
 * @param firstJob that one
 * @param lastAt when the last of them failed
 * @param lastJob that one
 */
public record FailureSummary(
    GroupId id,
    @Nullable About about,
    long jobs,
    Instant firstAt,
    JobId firstJob,
    Instant lastAt,
    JobId lastJob) {

  /** What jobs have in common that failed alike; see {@link FailureGroup}. */
  public record About(
      JobType type, String kind, String message, String frames, Instant firstSeenAt) {}

  /** In which order groups are listed. */
  public enum Order {
    /** The one with the latest failure first. */
    LAST,
    /** The largest first. */
    COUNT
  }
}
