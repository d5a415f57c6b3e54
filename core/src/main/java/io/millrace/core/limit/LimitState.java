package io.millrace.core.limit;

import java.time.Instant;
import java.util.Map;

/**
 * How far a key has been used, in the time of the database.
 *
 * @param arrivals the theoretical arrival time of each window: when the next call would come if all
 *     came evenly (ITU-T I.371, the generic cell rate algorithm); none for a key that nobody has
 *     used
 */
public record LimitState(Map<RateLimit, Instant> arrivals) {

  /** Of a key that nobody has used. */
  public static final LimitState UNUSED = new LimitState(Map.of());

  public LimitState {
    arrivals = Map.copyOf(arrivals);
  }
}
