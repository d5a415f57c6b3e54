package io.millrace.worker.dependency;

import io.millrace.core.dependency.DependencyKey;

/** How often a dependency may be called, by all workers together. Safe for use by many threads. */
@FunctionalInterface
interface CallRate {

  /**
   * Takes the place of one call, if there is one now. Never blocks.
   *
   * @return zero if it may be made now; else how many nanoseconds to wait before asking again
   */
  long tryAcquire(DependencyKey key);
}
