package io.millrace.scheduler.replay;

import java.util.UUID;

/** What happens to replays. */
sealed interface ReplayEvent {

  /** Some jobs run once more, some were refused. */
  record Sliced(UUID replay, int replayed, int refused) implements ReplayEvent {}

  /** A replay has paused itself. */
  record Paused(UUID replay, String reason) implements ReplayEvent {}

  /** Nothing is left to do of a replay. */
  record Finished(UUID replay) implements ReplayEvent {}

  /** A slice could not be done, for the first time in a row. */
  record Hindered(String reason) implements ReplayEvent {}

  /** Slices are done again. */
  record Recovered() implements ReplayEvent {}
}
