package io.millrace.core.job;

import io.millrace.core.dependency.DependencyKey;
import java.time.Duration;

/** How an attempt ended. */
public sealed interface Outcome {

  /**
   * It has a result.
   *
   * @param result JSON in UTF-8; not copied
   */
  record Succeeded(byte[] result) implements Outcome {}

  /**
   * It has a result, and that is recorded already, in the transaction that did the work.
   *
   * @param result JSON in UTF-8; not copied
   */
  record Recorded(byte[] result) implements Outcome {}

  /** It had one, and its transaction was rolled back, since the lease had passed to another. */
  record Fenced() implements Outcome {}

  /**
   * Its transaction may have been committed or not: the database went away meanwhile. The job's row
   * knows.
   */
  record Unknown(String why) implements Outcome {}

  /** Whether its handler has not begun, as far as it counts. */
  default boolean isUnbegun() {
    return this instanceof Parked || this instanceof SetAside;
  }

  /** It has none. */
  record Failed(Mishap.Failed how) implements Outcome {}

  /**
   * It was not begun: what it depends upon is not called now, and it waits for that.
   *
   * @param atLeast for how long it waits in any case
   */
  record Parked(DependencyKey dependency, Duration atLeast) implements Outcome {}

  /** It was not begun: its type or its lane is paused, and it waits until that is resumed. */
  record SetAside() implements Outcome {}
}
