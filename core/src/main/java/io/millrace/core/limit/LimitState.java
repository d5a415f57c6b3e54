package io.millrace.core.limit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a key has been used, in the time of the database.
 *
 * @param arrivals the theoretical arrival time of each window: when the next call would come if all
 *     came evenly (ITU-T I.371, the generic cell rate algorithm); none for a key that nobody has
 *     used
 * @param restUntil nobody may call before it, whatever the windows say; null if there is no such
 *     time
 */
public record LimitState(Map<RateLimit, Instant> arrivals, @Nullable Instant restUntil) {

  /** Of a key that nobody has used. */
  public static final LimitState UNUSED = new LimitState(Map.of(), null);

  public LimitState {
    arrivals = Map.copyOf(arrivals);
  }
}
