package io.millrace.core.schedule;

/** What becomes of a time of a schedule for which its last run has not ended. */
public enum Overlap {
  /** It is left out; one that is caught up on waits. */
  SKIP,
  /** It waits until that has ended; it may be late by then, and count as missed. */
  WAIT,
  /** It runs beside it. */
  START
}
