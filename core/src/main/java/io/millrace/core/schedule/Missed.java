package io.millrace.core.schedule;

/**
 * What becomes of the times of a schedule that are late, for nobody was there, or they had to wait.
 * Those that are not late run each, and in any case the latest 100 at most.
 */
public enum Missed {
  /** They are left out. */
  NONE,
  /** They are left out, but for the latest if no other has come since. */
  LATEST,
  /** Each runs, the earliest first. */
  ALL
}
