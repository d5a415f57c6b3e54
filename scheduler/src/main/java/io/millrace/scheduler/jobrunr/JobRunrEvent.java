package io.millrace.scheduler.jobrunr;

import java.time.Duration;

/** Something that happened to JobRunr's server. Log, meters and tests listen to these. */
sealed interface JobRunrEvent {

  /** A server begins. */
  record Started() implements JobRunrEvent {}

  /** A server works: the database has its heartbeat. */
  record Working() implements JobRunrEvent {}

  /**
   * The server works no longer, and another will be started.
   *
   * @param after at the earliest
   */
  record Lost(String reason, Duration after) implements JobRunrEvent {}
}
