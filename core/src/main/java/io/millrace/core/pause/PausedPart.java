package io.millrace.core.pause;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;

/** What can be paused. */
public sealed interface PausedPart {

  /** The jobs of a type, in all lanes. */
  record OfType(JobType type) implements PausedPart {}

  /** The jobs of a lane, of all types. */
  record OfLane(Lane lane) implements PausedPart {}

  /** Which kind of part it is, in one word. */
  default String kind() {
    return switch (this) {
      case OfType _ -> "TYPE";
      case OfLane _ -> "LANE";
    };
  }

  /** The name of the type, or of the lane. */
  default String name() {
    return switch (this) {
      case OfType(JobType type) -> type.name();
      case OfLane(Lane lane) -> lane.name();
    };
  }

  /** The part that {@link #kind} and {@link #name} say. */
  static PausedPart of(String kind, String name) {
    return switch (kind) {
      case "TYPE" -> new OfType(new JobType(name));
      case "LANE" -> new OfLane(Lane.valueOf(name));
      default -> throw new IllegalArgumentException("no kind of part: " + kind);
    };
  }
}
