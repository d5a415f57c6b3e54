package io.millrace.core.replay;

import java.util.UUID;

/** What came of stopping a replay, or of having it go on. */
public sealed interface ReplayChange {

  /** It is so now. */
  record Changed(Replay replay) implements ReplayChange {}

  /** It cannot be, where it stands; that may be what was wished for. */
  record Impossible(Replay replay) implements ReplayChange {}

  /** Another one replays the same jobs. */
  record AlreadyActive(UUID replay) implements ReplayChange {}

  /** There is none, as far as whoever asks may know. */
  record Unknown() implements ReplayChange {}
}
