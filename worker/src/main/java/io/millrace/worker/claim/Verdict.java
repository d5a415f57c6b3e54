package io.millrace.worker.claim;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import io.millrace.core.store.LockedJob;
import java.time.Instant;
import java.util.UUID;

/** What a worker does with a delivery whose job was recorded before. */
sealed interface Verdict {

  /** Run it: it is ours by the row. */
  record Run(Standing standing) implements Verdict {}

  /** Take it over from its dead owner, then run it. */
  record TakeOver(Standing from, Standing to) implements Verdict {}

  /** It has ended: say so again, then acknowledge. */
  record Announce(Job job) implements Verdict {}

  /** Its row takes care of it: acknowledge. */
  record Acknowledge() implements Verdict {}

  /** It runs elsewhere: keep the delivery and look again. */
  record Hold() implements Verdict {}

  /** The message id belongs to another message. */
  record Conflict(Job earlier) implements Verdict {}

  /**
   * Judges the row that was found, under its lock.
   *
   * @param fingerprint of the message at hand
   * @param self the incarnation that asks
   */
  static Verdict on(LockedJob found, UUID fingerprint, UUID self, Instant now) {
    Job job = found.job();
    Standing standing = job.standing();
    if (!job.order().fingerprint().equals(fingerprint)) {
      return new Conflict(job);
    }
    return switch (standing.state()) {
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> new Announce(job);
      case WAITING, QUEUED -> new Acknowledge();
      case RUNNING -> onRunning(standing, found.ownerEnded(), self, now);
    };
  }

  private static Verdict onRunning(Standing standing, boolean ownerEnded, UUID self, Instant now) {
    if (self.equals(standing.owner())) {
      return new Run(standing);
    }
    if (!ownerEnded) {
      return new Hold();
    }
    return switch (Lifecycle.apply(standing, new JobAction.TakeOver(self), now)) {
      case Transition.To(Standing next) -> new TakeOver(standing, next);
      case Transition.Refused(String why) -> throw new IllegalStateException(why);
    };
  }

  /** What follows for a job that was recorded just now, as {@link Lifecycle#begin} says. */
  static Verdict onRecorded(Job job) {
    JobState state = job.standing().state();
    return switch (state) {
      case RUNNING -> new Run(job.standing());
      case WAITING, QUEUED -> new Acknowledge();
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> new Announce(job);
    };
  }
}
