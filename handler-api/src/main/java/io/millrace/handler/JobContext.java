package io.millrace.handler;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;

/** The job at hand, as its handler sees it. */
public interface JobContext {

  /** The id of the job. */
  UUID jobId();

  /** The job type. */
  String type();

  /** Who the job belongs to. */
  String tenant();

  /** The id of the message that the job came with. */
  String messageId();

  /** Which attempt this is; the first is 1. */
  int attempt();

  /** When the job was accepted; the same over all attempts. */
  Instant createdAt();

  /** After what time the job is of no use any more, if there is such a time. */
  Optional<Instant> deadline();

  /**
   * A key that stays the same over all attempts of the job; send it along with every effect
   * outside.
   */
  String idempotencyKey();

  /** A logger whose lines carry the id of the job. */
  Logger log();

  /**
   * Whether the job was cancelled, or has run for longer than its type may. The handler's thread is
   * interrupted then as well; a long computation that never waits looks here now and then, and
   * throws what it likes.
   */
  boolean isCancelled();

  /**
   * Says how far the handler is, for people who look at the job. Costs nothing: what was said last
   * is written about once a second, if the job still runs.
   */
  void report(Progress progress);

  /**
   * The same.
   *
   * @param done the part that is done, from 0 to 1
   * @param note what it is at, for people
   * @throws IllegalArgumentException if {@code done} is not from 0 to 1
   */
  default void progress(double done, String note) {
    report(new Progress(done, note));
  }
}
