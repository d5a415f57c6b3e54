package io.millrace.chaos.load;

import io.millrace.chaos.work.JobKind;
import io.millrace.chaos.work.Sum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was published.
 *
 * @param notBefore when its job may begin at the earliest, or null
 * @param copies how often it was published
 * @param confirmed how many of the copies the broker confirmed; with one, it is a promise
 */
public record Publication(
    String messageId,
    JobKind kind,
    Sum sum,
    @Nullable Instant notBefore,
    int copies,
    int confirmed) {

  public boolean isPromise() {
    return confirmed > 0;
  }
}
