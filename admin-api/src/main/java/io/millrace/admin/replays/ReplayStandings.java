package io.millrace.admin.replays;

import static java.util.stream.Collectors.toMap;

import io.millrace.admin.events.Watchable;
import io.millrace.core.replay.ReplayProgress;
import io.millrace.core.replay.ReplayState;
import io.millrace.core.replay.ReplayWatchStore;
import io.millrace.core.replay.ReplayWatchStore.Watched;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replays, for whoever watches them. One that was stopped or has paused itself may go on. */
final class ReplayStandings implements Watchable {

  private final ReplayWatchStore store;

  ReplayStandings(ReplayWatchStore store) {
    this.store = store;
  }

  /**
   * How a replay stands, as its watchers are told: the fields that change of what a look at the
   * replay shows. What does not apply is left out.
   */
  record ReplayEvent(
      UUID id,
      ReplayState state,
      @Nullable String reason,
      long total,
      long replayed,
      long refused,
      @Nullable Long passedOver,
      @Nullable Double replayedPerSecond,
      @Nullable Long secondsLeft) {

    static ReplayEvent of(UUID id, ReplayProgress progress) {
      return new ReplayEvent(
          id,
          progress.state(),
          progress.reason(),
          progress.counts().total(),
          progress.counts().replayed(),
          progress.counts().refused(),
          ReplayView.passedOver(progress),
          ReplayView.speed(progress),
          ReplayView.secondsLeft(progress));
    }
  }

  @Override
  public Map<UUID, Standing> look(Collection<UUID> ids) {
    return store.standing(ids).stream()
        .collect(
            toMap(
                Watched::id,
                replay ->
                    new Standing(
                        ReplayEvent.of(replay.id(), replay.progress()),
                        replay.progress().state() == ReplayState.DONE)));
  }
}
