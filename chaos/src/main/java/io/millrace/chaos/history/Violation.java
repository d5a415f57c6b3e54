package io.millrace.chaos.history;

/** What must never be in a history. */
public enum Violation {
  LOST("lost: confirmed, neither a job nor in quarantine"),
  STUCK("stuck: not final at the end"),
  UNKNOWN("recorded, and never published"),
  WRONG_END("ended otherwise than it must"),
  WRONG_RESULT("result wrong"),
  NEVER_RAN("succeeded without having run"),
  TOO_EARLY("ran before its time"),
  RECORDED_TWICE("recorded twice: two ends announced"),
  END_CHANGED("an end that changed"),
  NEVER_ANNOUNCED("announced never"),
  WRONGLY_ANNOUNCED("announced otherwise than recorded"),
  EFFECT_TWICE("effects twice"),
  EFFECT_WITHOUT_SUCCESS("effects without success"),
  SUCCESS_WITHOUT_EFFECT("success without its effect"),
  LEFT_IN_QUEUE("messages left in queues"),
  ENDED_BY_ITSELF("processes that ended by themselves");

  private final String words;

  Violation(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
