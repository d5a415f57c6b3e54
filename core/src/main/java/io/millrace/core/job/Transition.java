package io.millrace.core.job;

/** What follows from an action on a job. */
public sealed interface Transition {

  /** The job now stands here. */
  record To(Standing next) implements Transition {}

  /**
   * Nothing changes: the action came too late, came twice, or comes from one who does not hold the
   * lease.
   */
  record Refused(String why) implements Transition {}
}
