package io.millrace.admin.replays;

import io.millrace.client.contract.JobId;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.GroupId;
import io.millrace.core.replay.NewReplay;
import io.millrace.core.replay.PayloadEdit;
import io.millrace.core.replay.Replay;
import io.millrace.core.replay.ReplayOutcomes;
import io.millrace.core.replay.ReplayProgress;
import io.millrace.core.replay.ReplayState;
import io.millrace.core.replay.ReplayStore;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay as the API shows it; what does not apply is left out.
 *
 * @param reason why it has paused itself
 * @param edit what becomes of payloads; left out if nothing does
 * @param total how many jobs it was about when it was made
 * @param replayed how many it has made run once more
 * @param refused how many it has left as they were, with a reason for each
 * @param perSecond how many it may make run once more in a second
 * @param passedOver how many had left FAILED by themselves before it came to them; once it is done
 * @param replayedPerSecond how fast that was on the whole, but for the time in which it was stopped
 *     or paused, or waited for its first jobs; left out before the first one
 * @param secondsLeft how long it needs for the others at the speed that it has had so far, while it
 *     runs
 * @param outcomes how the replayed ones stand now; only of one that is asked for by its id
 * @param refusals some of those that were refused; in the same way
 */
record ReplayView(
    UUID id,
    ReplayState state,
    @Nullable String reason,
    String requestedBy,
    Selection jobs,
    @Nullable Edit edit,
    int perSecond,
    int canary,
    int canaryShare,
    long total,
    long replayed,
    long refused,
    @Nullable Long passedOver,
    @Nullable Double replayedPerSecond,
    @Nullable Long secondsLeft,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Nullable ReplayOutcomes outcomes,
    @Nullable List<ReplayStore.Refusal> refusals) {

  /** What becomes of payloads. */
  enum Edit {
    PAYLOAD,
    PATCH
  }

  /** Which jobs; see {@link Wish}. */
  record Selection(@Nullable List<UUID> ids, @Nullable String group, Wish.@Nullable Filter filter) {

    static Selection of(FailedJobs jobs) {
      List<JobId> ids = jobs.ids();
      GroupId group = jobs.group();
      if (ids != null) {
        return new Selection(ids.stream().map(JobId::value).toList(), null, null);
      }
      if (group != null) {
        return new Selection(null, group.toString(), null);
      }
      return new Selection(
          null,
          null,
          new Wish.Filter(
              jobs.type() == null ? null : jobs.type().name(),
              jobs.tenant(),
              jobs.text(),
              jobs.from(),
              jobs.to()));
    }
  }

  /**
   * A page of replays.
   *
   * @param next what to ask for as {@code after} to read on; left out on the last page
   */
  record ListView(List<ReplayView> replays, @Nullable String next) {}

  static ReplayView of(Replay replay) {
    return of(replay, null, null);
  }

  static ReplayView of(
      Replay replay,
      @Nullable ReplayOutcomes outcomes,
      @Nullable List<ReplayStore.Refusal> refusals) {
    NewReplay.Manner manner = replay.order().manner();
    ReplayProgress progress = replay.progress();
    Replay.Counts counts = progress.counts();
    return new ReplayView(
        replay.id(),
        progress.state(),
        progress.reason(),
        replay.order().requestedBy(),
        Selection.of(replay.order().jobs()),
        edit(manner.edit()),
        manner.perSecond(),
        manner.canary(),
        manner.canaryShare(),
        counts.total(),
        counts.replayed(),
        counts.refused(),
        passedOver(progress),
        speed(progress),
        secondsLeft(progress),
        replay.createdAt(),
        replay.endedAt(),
        outcomes,
        refusals);
  }

  static @Nullable Long passedOver(ReplayProgress progress) {
    return progress.state() == ReplayState.DONE ? progress.passedOver() : null;
  }

  /** With one digit after the point. */
  static @Nullable Double speed(ReplayProgress progress) {
    OptionalDouble speed = progress.speed();
    return speed.isPresent() ? Math.round(speed.getAsDouble() * 10) / 10.0 : null;
  }

  static @Nullable Long secondsLeft(ReplayProgress progress) {
    OptionalLong seconds = progress.secondsLeft();
    return seconds.isPresent() ? seconds.getAsLong() : null;
  }

  private static @Nullable Edit edit(PayloadEdit edit) {
    return switch (edit) {
      case PayloadEdit.Keep _ -> null;
      case PayloadEdit.Replace _ -> Edit.PAYLOAD;
      case PayloadEdit.Merge _ -> Edit.PATCH;
    };
  }
}
