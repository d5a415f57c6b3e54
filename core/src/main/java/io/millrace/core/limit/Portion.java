package io.millrace.core.limit;

import java.time.Instant;
import java.util.List;

/**
 * What a worker got of a key, in the time of the database.
 *
 * @param slots when it may make one call each, in order; two may be the same. A slot may be used
 *     from its time on and no later than {@link Pace#grace} after it
 * @param next before when there is nothing more to be had by anybody
 */
public record Portion(List<Instant> slots, Instant next) {

  public Portion {
    slots = List.copyOf(slots);
  }
}
