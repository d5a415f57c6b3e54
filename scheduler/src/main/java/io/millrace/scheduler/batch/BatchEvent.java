package io.millrace.scheduler.batch;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a run in this scheduler. Log, meters and tests listen to these. */
public sealed interface BatchEvent {

  /**
   * A run was begun, or begun again where it was.
   *
   * @param takenFrom the scheduler that managed it and was silent for too long; null if none was
   */
  record RunBegun(UUID run, String job, @Nullable String takenFrom) implements BatchEvent {}

  /** A run has done all, and its totals match. */
  record RunCompleted(UUID run, String job) implements BatchEvent {}

  /** A run was stopped, as somebody has wished. */
  record RunStopped(UUID run, String job) implements BatchEvent {}

  /** A run has failed and begins again by itself. */
  record RunBeginsAgain(UUID run, String job, String reason, Duration after)
      implements BatchEvent {}

  /** A run has failed for good: somebody has to look after it. */
  record RunFailed(UUID run, String job, String reason) implements BatchEvent {}

  /** A run was given to another scheduler, since this one stops, or was taken away. */
  record RunLeft(UUID run, String job) implements BatchEvent {}

  /**
   * How far a run has come since the last time.
   *
   * @param items how many more are done
   */
  record Advanced(UUID run, String job, long items) implements BatchEvent {}

  /** A partition was begun, or begun again where it was. */
  record PartitionBegun(UUID run, String job, String step, String partition)
      implements BatchEvent {}

  /** A partition has failed. */
  record PartitionFailed(UUID run, String job, String step, String partition, String reason)
      implements BatchEvent {}

  /** A partition was left before its end, since this scheduler stops, or was taken away. */
  record PartitionLeft(UUID run, String job, String step, String partition) implements BatchEvent {}

  /** The database did not answer; it is asked again. */
  record Hindered(String reason) implements BatchEvent {}

  /** The database answers again. */
  record GoesOn() implements BatchEvent {}
}
