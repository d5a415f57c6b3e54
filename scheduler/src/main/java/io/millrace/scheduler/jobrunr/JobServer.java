package io.millrace.scheduler.jobrunr;

import java.time.Instant;
import java.util.Optional;

/** A server of JobRunr in this process, and what the database knows of it. */
interface JobServer {

  /** Has it begin; returns before it has. */
  void start();

  /** Whether it works, as far as it knows. Never waits. */
  boolean isRunning();

  /** Has it end, and waits for that; may take some 20 s. */
  void stop();

  /**
   * When it said last, in the database, that it lives; empty if it has not.
   *
   * @throws RuntimeException if the database does not answer
   */
  Optional<Instant> heartbeat();
}
