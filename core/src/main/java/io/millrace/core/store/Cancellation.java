package io.millrace.core.store;

import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;

/** What came of calling a job off. */
public sealed interface Cancellation {

  /**
   * It is off.
   *
   * @param from where it stood until then
   */
  record Cancelled(Standing from) implements Cancellation {}

  /**
   * It had ended before, maybe by another cancellation, and nothing has changed.
   *
   * @param as how it had ended
   */
  record AlreadyEnded(JobState as) implements Cancellation {}

  /** No job with this id is recorded; its message may be on its way. */
  record Unknown() implements Cancellation {}
}
