package io.millrace.scheduler.batch;

import java.time.Duration;

/**
 * Says whether a run that has failed begins again by itself.
 *
 * @param restarts how often, within the time that counts
 */
record RestartPolicy(int restarts) {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_TO_LONGEST = 9;

  sealed interface Decision {

    /** It begins again, after a while that doubles each time: 1 s, 2 s, up to 5 min. */
    record Again(Duration after) implements Decision {}

    /** Somebody has to look after it. */
    record GiveUp(String reason) implements Decision {}
  }

  /**
   * The decision.
   *
   * @param begun how often it was begun within the time that counts; 1 or more
   */
  Decision decide(Throwable failure, int begun) {
    if (failure instanceof TotalsException || PartitionFailedException.isPermanent(failure)) {
      return new Decision.GiveUp(FailureText.of(failure));
    }
    return decide(FailureText.of(failure), begun);
  }

  Decision decide(String reason, int begun) {
    if (isExceeded(begun)) {
      return new Decision.GiveUp("begun %d times, at last: %s".formatted(begun, reason));
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(begun - 1, DOUBLINGS_TO_LONGEST));
    return new Decision.Again(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST);
  }

  /** Whether a run that was begun so often may not be begun again. */
  boolean isExceeded(int begun) {
    return begun > restarts;
  }
}
