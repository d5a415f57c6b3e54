package io.millrace.chaos.history;

/** What is counted in a history, and is neither right nor wrong. */
public enum Fact {
  PUBLISHED("published"),
  COPIES("  published again"),
  CONFIRMED("confirmed"),
  SUCCEEDED("succeeded"),
  FAILED("failed, as they must"),
  CONVICTED("failed, having met three dead workers"),
  QUARANTINED("in quarantine, as they must"),
  EFFECTS("effects"),
  RUNS("runs of handlers"),
  RUNS_AGAIN("  of an attempt that had run"),
  FAILED_ATTEMPTS("failed attempts recorded"),
  DEAD_WORKERS("  for the death of their worker"),
  ANNOUNCED("outcomes announced"),
  ANNOUNCED_AGAIN("  more than once");

  private final String words;

  Fact(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
