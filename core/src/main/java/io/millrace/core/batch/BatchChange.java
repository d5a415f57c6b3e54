package io.millrace.core.batch;

/** What became of a request to change a run. */
public sealed interface BatchChange {

  /** It is as wished, or will be at the end of the chunk. */
  record Changed(BatchRun run) implements BatchChange {}

  /** It is in a state in which that cannot be; nothing was changed. */
  record Impossible(BatchRun run) implements BatchChange {}

  /** There is no such run. */
  record Unknown() implements BatchChange {}
}
