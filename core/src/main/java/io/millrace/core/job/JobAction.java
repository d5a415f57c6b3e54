package io.millrace.core.job;

import java.time.Instant;
import java.util.UUID;

/** What may happen to a job. */
public sealed interface JobAction {

  /** The dispatcher has published the message of the next attempt. */
  record Enqueue() implements JobAction {}

  /** A worker begins the attempt that is queued or due. */
  record Start(UUID worker) implements JobAction {}

  /**
   * A worker goes on with the next attempt of a job whose owner is dead. Only for owners that are
   * known to be dead.
   */
  record TakeOver(UUID worker) implements JobAction {}

  /** The owner has the result. */
  record Succeed(LeaseToken token) implements JobAction {}

  /** The owner has given up. */
  record Fail(LeaseToken token) implements JobAction {}

  /** The owner's attempt failed, and the next would come after the deadline. */
  record Lapse(LeaseToken token) implements JobAction {}

  /**
   * The owner puts the job back, for a reason and until a time. The next run is another attempt, so
   * that its token differs.
   */
  record PutBack(LeaseToken token, WaitReason reason, Instant dueAt) implements JobAction {}

  /**
   * The owner is dead, and its message was acknowledged: the job waits for another run. Only for
   * owners that are known to be dead.
   */
  record Revive(Instant dueAt) implements JobAction {}

  /** The owner is dead, and the job is to blame. Only for owners that are known to be dead. */
  record Convict() implements JobAction {}

  /** It is due, but its share is taken: it waits for its turn. */
  record Defer() implements JobAction {}

  /** It is due, but its type or its lane is paused: it waits until that is resumed. */
  record SetAside() implements JobAction {}

  /** What it was set aside for is paused no more: it waits for its time, which mostly is past. */
  record Resume() implements JobAction {}

  /** An operator, the upstream system or a unique key calls it off. */
  record Cancel() implements JobAction {}

  /** Its deadline has passed. */
  record Expire() implements JobAction {}

  /** An operator has an ended job run once more. */
  record Replay() implements JobAction {}
}
