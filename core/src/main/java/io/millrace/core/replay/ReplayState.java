package io.millrace.core.replay;

/** Where a replay is. */
public enum ReplayState {
  /** Schedulers replay its jobs, at its pace. */
  RUNNING,
  /** The first jobs are on their way, and the others wait for how they end. */
  CANARY,
  /** It has paused itself, and says why. */
  PAUSED,
  /** Somebody has stopped it. */
  STOPPED,
  /** Nothing is left to do. */
  DONE;

  /** Whether it goes on by itself. */
  public boolean isActive() {
    return switch (this) {
      case RUNNING, CANARY -> true;
      case PAUSED, STOPPED, DONE -> false;
    };
  }
}
