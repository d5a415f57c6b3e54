package io.millrace.core.pause;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import java.util.Set;

/**
 * What is paused: no job of these types, nor of these lanes, is to begin.
 *
 * @param types of which no job begins, in whichever lane
 * @param lanes of which no job begins, of whichever type
 */
public record Paused(Set<JobType> types, Set<Lane> lanes) {

  /** Nothing. */
  public static final Paused NOTHING = new Paused(Set.of(), Set.of());

  public Paused {
    types = Set.copyOf(types);
    lanes = Set.copyOf(lanes);
  }

  /** Whether a job of this type and lane is not to begin. */
  public boolean holds(JobType type, Lane lane) {
    return types.contains(type) || lanes.contains(lane);
  }

  /** Whether everything may begin. */
  public boolean isNothing() {
    return types.isEmpty() && lanes.isEmpty();
  }
}
