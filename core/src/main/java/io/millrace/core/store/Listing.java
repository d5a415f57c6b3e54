package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param state in which they are; one of those that {@link #isOffered}
 * @param tenant whose they are, or null for everybody's
 * @param type of which they are, or null for every one
 */
public record Listing(JobState state, @Nullable String tenant, @Nullable JobType type) {

  public Listing {
    if (!isOffered(state)) {
      throw new IllegalArgumentException("jobs that are %s are not listed".formatted(state));
    }
  }

  /**
   * Whether jobs in {@code state} can be listed. There is no index of those that ended as they
   * should.
   */
  public static boolean isOffered(JobState state) {
    return switch (state) {
      case WAITING, QUEUED, RUNNING, FAILED -> true;
      case SUCCEEDED, CANCELLED, EXPIRED -> false;
    };
  }
}
