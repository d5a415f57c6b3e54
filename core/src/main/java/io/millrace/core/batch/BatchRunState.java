package io.millrace.core.batch;

/** Where a run is. */
public enum BatchRunState {
  /** It is to begin, or to begin again, as soon as a scheduler has room and it is due. */
  REQUESTED,
  /** A scheduler manages it. If that dies, another begins it again where it was. */
  RUNNING,
  /** Somebody has stopped it; it can be begun again where it was. */
  STOPPED,
  /** It has failed for good, until somebody begins it again where it was. */
  FAILED,
  /** It has done all, and its totals match. */
  COMPLETED,
  /** It was stopped or has failed, and is never to go on. */
  ABANDONED
}
