package io.millrace.worker.claim;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Recovery;
import io.millrace.core.job.RetryPolicy;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.LockedJob;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker does with a delivery whose job was recorded before. */
sealed interface Verdict {

  /** Run it: it is ours by the row. */
  record Run(Standing standing, Setbacks setbacks, Instant createdAt) implements Verdict {}

  /** It has ended: say so again, then acknowledge. */
  record Announce(Job job) implements Verdict {}

  /** It ends just now, without having run here: say so, then acknowledge. */
  record End(Job job) implements Verdict {}

  /** Its tenant's others are enough for now: its row brings it back, acknowledge. */
  record OthersFirst() implements Verdict {}

  /** Its row takes care of it: acknowledge. */
  record Acknowledge() implements Verdict {}

  /** Its row has taken care of it since an earlier delivery: acknowledge. */
  record Repeat() implements Verdict {}

  /** It runs elsewhere: keep the delivery and look again. */
  record Hold() implements Verdict {}

  /** The message id belongs to another message. */
  record Conflict(Job earlier) implements Verdict {}

  /** Its owner is dead: write what follows from that, under the same lock, and go on from there. */
  record Recover(Mishap mishap, JobChange change, Verdict then) implements Verdict {}

  /**
   * Judges the row that was found, under its lock.
   *
   * @param fingerprint of the message at hand
   * @param self the incarnation that asks
   */
  static Verdict on(LockedJob found, UUID fingerprint, UUID self, Instant now) {
    Job job = found.job();
    if (!job.order().fingerprint().equals(fingerprint)) {
      return new Conflict(job);
    }
    return switch (job.standing().state()) {
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> new Announce(job);
      case WAITING, QUEUED -> new Repeat();
      case RUNNING -> onRunning(found, self, now);
    };
  }

  /** Judges a job that runs, as its row says. */
  static Verdict onRunning(LockedJob found, UUID self, Instant now) {
    Job job = found.job();
    if (self.equals(job.standing().owner())) {
      return new Run(job.standing(), job.setbacks(), job.times().createdAt());
    }
    return found
        .mishap()
        .<Verdict>map(mishap -> recover(job, mishap, self, now))
        .orElseGet(Hold::new);
  }

  private static Recover recover(Job job, Mishap mishap, UUID self, Instant now) {
    Recovery recovery =
        Recovery.from(
            mishap,
            job.setbacks(),
            RetryPolicy.NEVER,
            job.order().options().deadline(),
            now,
            0); // no attempt failed, so neither policy nor chance has a say
    return switch (recovery) {
      case Recovery.RunAgain(_, Setbacks after) -> {
        Standing next = Lifecycle.next(job.standing(), new JobAction.TakeOver(self), now);
        yield new Recover(
            mishap,
            change(job, next, now, null, after, Job.Ending.NONE),
            new Run(next, after, job.times().createdAt()));
      }
      case Recovery.GiveUp(var why, Setbacks after) -> {
        Standing next = Lifecycle.next(job.standing(), new JobAction.Convict(), now);
        Job.Ending ending = Job.Ending.failed(why);
        yield new Recover(
            mishap,
            change(job, next, job.times().startedAt(), now, after, ending),
            new End(
                new Job(
                    job.id(),
                    job.order(),
                    next,
                    new Job.Times(job.times().createdAt(), job.times().startedAt(), now),
                    after,
                    ending)));
      }
      // It waits for the dispatcher, which ends what is too late.
      case Recovery.Expire(Setbacks after) ->
          new Recover(
              mishap,
              change(
                  job,
                  Lifecycle.next(job.standing(), new JobAction.Revive(now), now),
                  job.times().startedAt(),
                  null,
                  after,
                  Job.Ending.NONE),
              new Acknowledge());
    };
  }

  private static JobChange change(
      Job job,
      Standing to,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      Setbacks after,
      Job.Ending ending) {
    return new JobChange(
        job.id(),
        job.order().type(),
        job.standing(),
        to,
        startedAt,
        finishedAt,
        after,
        ending,
        false);
  }

  /** What follows for a job that was recorded just now, as {@link Lifecycle#begin} says. */
  static Verdict onRecorded(Job job) {
    JobState state = job.standing().state();
    return switch (state) {
      case RUNNING -> new Run(job.standing(), job.setbacks(), job.times().createdAt());
      case WAITING ->
          job.standing().waitReason() == WaitReason.SHARE ? new OthersFirst() : new Acknowledge();
      case QUEUED -> new Acknowledge();
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> new End(job);
    };
  }
}
