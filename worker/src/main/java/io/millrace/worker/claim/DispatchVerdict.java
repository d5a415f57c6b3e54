package io.millrace.worker.claim;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.LockedJob;
import io.millrace.worker.handlers.RegisteredHandler;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker does with the dispatcher's word that a job is due. */
sealed interface DispatchVerdict {

  /**
   * Run it.
   *
   * @param input what the handler takes
   * @param change makes it ours; null if it is already
   */
  record Run(Job job, Object input, @Nullable JobChange change) implements DispatchVerdict {}

  /** It ends before it begins. */
  record End(Job ended, JobChange change) implements DispatchVerdict {}

  /** The attempt has ended, and whoever ran it may have died before anybody was told. */
  record Announce(Job ended) implements DispatchVerdict {}

  /**
   * The attempt runs elsewhere, and this word is what would make sure that its end is told: the row
   * has to say that the dispatcher is to tell it.
   */
  record Leave() implements DispatchVerdict {}

  /** The word comes late or twice, its row takes care of the job. */
  record Acknowledge() implements DispatchVerdict {}

  /**
   * Judges the row that was found, under its lock.
   *
   * @param attempt the one that the dispatcher's word is about
   * @param self the incarnation that asks
   */
  static DispatchVerdict on(
      LockedJob found, int attempt, RegisteredHandler handler, UUID self, Instant now) {
    Job job = found.job();
    Standing standing = job.standing();
    if (standing.isHeldBy(new LeaseToken(self, attempt))) {
      return start(job, handler, null, now); // it was made ours before, and the answer was lost
    }
    if (standing.attempt() != attempt) {
      return new Acknowledge(); // a later attempt has a word of its own
    }
    return switch (standing.state()) {
      case QUEUED -> begin(job, handler, self, now);
      case RUNNING -> new Leave();
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> new Announce(job);
      case WAITING -> new Acknowledge();
    };
  }

  private static DispatchVerdict begin(Job job, RegisteredHandler handler, UUID self, Instant now) {
    Instant deadline = job.order().options().deadline();
    if (deadline != null && !now.isBefore(deadline)) {
      return end(
          job, Lifecycle.next(job.standing(), new JobAction.Expire(), now), Job.Ending.NONE, now);
    }
    Standing running = Lifecycle.next(job.standing(), new JobAction.Start(self), now);
    JobChange change =
        new JobChange(
            job.id(),
            job.order().type(),
            job.standing(),
            running,
            now,
            null,
            job.setbacks(),
            Job.Ending.NONE,
            false);
    Job started =
        new Job(
            job.id(),
            job.order(),
            running,
            new Job.Times(job.times().createdAt(), now, null),
            job.setbacks(),
            Job.Ending.NONE);
    return start(started, handler, change, now);
  }

  private static DispatchVerdict start(
      Job running, RegisteredHandler handler, @Nullable JobChange change, Instant now) {
    return switch (handler.read(running.order().payload())) {
      case RegisteredHandler.Input.Read(Object input) -> new Run(running, input, change);
      case RegisteredHandler.Input.Refused(var reason, String explanation) ->
          unreadable(running, new Failure(reason.name(), explanation, null), change, now);
    };
  }

  /** It was recorded under another version of its handler, and this one does not understand it. */
  private static End unreadable(Job running, Failure why, @Nullable JobChange change, Instant now) {
    UUID owner = running.standing().owner();
    if (owner == null) {
      throw new IllegalStateException("a running job has an owner");
    }
    LeaseToken token = new LeaseToken(owner, running.standing().attempt());
    Standing failed = Lifecycle.next(running.standing(), new JobAction.Fail(token), now);
    End end = end(running, failed, Job.Ending.failed(why), now);
    return change == null
        ? end
        : new End(
            end.ended(),
            new JobChange(
                running.id(),
                running.order().type(),
                change.from(),
                failed,
                now,
                now,
                running.setbacks(),
                Job.Ending.failed(why),
                false));
  }

  private static End end(Job job, Standing to, Job.Ending ending, Instant now) {
    return new End(
        new Job(
            job.id(),
            job.order(),
            to,
            new Job.Times(job.times().createdAt(), job.times().startedAt(), now),
            job.setbacks(),
            ending),
        new JobChange(
            job.id(),
            job.order().type(),
            job.standing(),
            to,
            job.times().startedAt(),
            now,
            job.setbacks(),
            ending,
            false));
  }
}
