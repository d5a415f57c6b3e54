package io.millrace.core.replay;

import java.util.UUID;

/** What came of asking for a replay. */
public sealed interface ReplayCreation {

  /** There is one, which begins by itself. */
  record Created(Replay replay) implements ReplayCreation {}

  /** The same person has asked for the same with the same key before: this is what came of it. */
  record Repeated(Replay replay) implements ReplayCreation {}

  /** The same person has asked for something else with this key. */
  record KeyTaken(UUID replay) implements ReplayCreation {}

  /** The same jobs are being replayed already. */
  record AlreadyActive(UUID replay) implements ReplayCreation {}
}
