package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.core.failure.GroupId;
import io.millrace.core.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to look for: those that are all of this, where null says nothing.
 *
 * @param subject whom they are about
 * @param group of failures in which they stand failed
 * @param failureText what the class or the words of that group contain, whatever the case
 * @param created when they came
 * @param finished when they ended
 */
public record JobQuery(
    @Nullable JobState state,
    @Nullable String tenant,
    @Nullable JobType type,
    @Nullable String subject,
    @Nullable GroupId group,
    @Nullable String failureText,
    Span created,
    Span finished) {

  /**
   * A stretch of time.
   *
   * @param from inclusively; null for any
   * @param to exclusively; null for any
   */
  public record Span(@Nullable Instant from, @Nullable Instant to) {

    /** Any time. */
    public static final Span ANY = new Span(null, null);

    boolean isAny() {
      return from == null && to == null;
    }
  }

  /** By what the answer is ordered, the newest first. */
  public enum Order {
    /** When they came. */
    CREATED,
    /** When they ended. */
    FINISHED
  }

  /** How the jobs are found, and so in which order. */
  public Order order() {
    return isAboutFailures() || !finished.isAny() ? Order.FINISHED : Order.CREATED;
  }

  /**
   * Whether the index of what stands failed finds them. It does not know subjects: among many
   * failures, what is asked for by its subject is sooner found by time.
   */
  boolean isFoundAmongFailures() {
    return isAboutFailures() && (subject == null || group != null || failureText != null);
  }

  /** Whether only jobs that stand failed are meant. */
  boolean isAboutFailures() {
    return state == JobState.FAILED || group != null || failureText != null;
  }
}
