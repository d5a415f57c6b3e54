package io.millrace.core.job;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, with what belongs to that state and nothing else.
 *
 * @param state the state
 * @param waitReason why it waits; exactly while {@link JobState#WAITING}
 * @param dueAt until when it waits; exactly while {@link JobState#WAITING}
 * @param attempt the attempt that runs, ran last, or comes next while the job waits or is queued;
 *     from 1, never goes back
 * @param owner the worker incarnation that runs it; exactly while {@link JobState#RUNNING}
 */
public record Standing(
    JobState state,
    @Nullable WaitReason waitReason,
    @Nullable Instant dueAt,
    int attempt,
    @Nullable UUID owner) {

  public Standing {
    Objects.requireNonNull(state, "state");
    require((state == JobState.WAITING) == (waitReason != null), "a wait reason goes with WAITING");
    require((state == JobState.WAITING) == (dueAt != null), "a due time goes with WAITING");
    require((state == JobState.RUNNING) == (owner != null), "an owner goes with RUNNING");
    require(attempt >= 1, "attempts count from 1");
  }

  static Standing waiting(WaitReason reason, Instant dueAt, int attempt) {
    return new Standing(JobState.WAITING, reason, dueAt, attempt, null);
  }

  static Standing queued(int attempt) {
    return new Standing(JobState.QUEUED, null, null, attempt, null);
  }

  /** Of a job that runs under {@code token}. */
  public static Standing running(LeaseToken token) {
    return new Standing(JobState.RUNNING, null, null, token.attempt(), token.worker());
  }

  static Standing ended(JobState state, int attempt) {
    require(state.isFinal(), "a job ends in a final state");
    return new Standing(state, null, null, attempt, null);
  }

  /** Whether {@code token} is the lease under which the job runs. */
  public boolean isHeldBy(LeaseToken token) {
    return state == JobState.RUNNING && attempt == token.attempt() && token.worker().equals(owner);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
