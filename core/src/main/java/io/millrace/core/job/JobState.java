package io.millrace.core.job;

/** Where a job stands. */
public enum JobState {
  /** For its time; {@link WaitReason} says why. */
  WAITING,
  /** The dispatcher has put its message into the broker. */
  QUEUED,
  /** A worker runs it. */
  RUNNING,
  /** It has its result. */
  SUCCEEDED,
  /** It has no result and is not tried again. */
  FAILED,
  /** Somebody, or its unique key, called it off. */
  CANCELLED,
  /** Its deadline passed before it ran. */
  EXPIRED;

  /** Whether only a replay leads out of this state. */
  public boolean isFinal() {
    return switch (this) {
      case WAITING, QUEUED, RUNNING -> false;
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> true;
    };
  }
}
