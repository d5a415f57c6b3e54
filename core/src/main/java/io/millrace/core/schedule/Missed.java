package io.millrace.core.schedule;

/** What becomes of the times of a schedule that nobody was there for. */
public enum Missed {
  /** They are left out, but for one that is not yet late. */
  NONE,
  /** The latest of them runs, and those before it are left out. */
  LATEST,
  /** Each runs, the earliest first; at most the latest 100. */
  ALL
}
