package io.millrace.core.replay;

import io.millrace.core.store.ListedJob;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Failed jobs that are made to run once more: those that stood failed when it was made.
 *
 * @param order what was asked for
 * @param progress how it stands
 * @param canaryPassed whether the others follow the first jobs
 * @param cursor every job up to there has been seen to
 * @param createdAt when it was made
 * @param endedAt exactly when {@link ReplayState#DONE}
 */
public record Replay(
    UUID id,
    NewReplay order,
    ReplayProgress progress,
    boolean canaryPassed,
    ListedJob.Position cursor,
    Instant createdAt,
    @Nullable Instant endedAt) {

  /**
   * How far it is.
   *
   * @param total how many jobs it was about when it was made
   * @param replayed how many of them run once more, or did
   * @param refused how many it has left as they were, with a reason for each
   */
  public record Counts(long total, long replayed, long refused) {

    /** How many are still to be seen to; none of a replay that is done. */
    public long left() {
      return Math.max(0, total - replayed - refused);
    }
  }

  /** Where it is. */
  public ReplayState state() {
    return progress.state();
  }

  /** How far it is. */
  public Counts counts() {
    return progress.counts();
  }
}
