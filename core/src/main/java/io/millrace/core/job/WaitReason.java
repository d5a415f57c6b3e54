package io.millrace.core.job;

/** Why a job is {@link JobState#WAITING}. */
public enum WaitReason {
  /** Its publisher said not before a time. */
  SCHEDULED,
  /** Its last attempt failed and the next has a date. */
  RETRY,
  /** What it depends on is down. */
  PARKED,
  /** Its concurrency key has as many running as it may. */
  CONCURRENCY,
  /** Its tenant had its share at hand where its message came: others go first. */
  SHARE,
  /** An operator has paused its type or its lane. */
  PAUSED
}
