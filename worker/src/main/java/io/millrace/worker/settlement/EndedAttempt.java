package io.millrace.worker.settlement;

import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Outcome;
import io.millrace.core.job.Recovery;
import io.millrace.core.job.RetryPolicy;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.Parking;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.http.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt with what follows from its end, by the state machine.
 *
 * @param finished as it came from its handler
 * @param row as it is to stand in the database
 */
record EndedAttempt(FinishedJob finished, Job row) {

  private record Next(JobAction action, Setbacks setbacks, Job.Ending ending) {}

  /**
   * What follows.
   *
   * @param policy how often and when the job is tried again
   * @param random evenly distributed, from 0 to below 1
   */
  static EndedAttempt of(FinishedJob finished, RetryPolicy policy, double random) {
    ActiveJob job = finished.job();
    Next next = next(finished, policy, random);
    Instant now = finished.finishedAt();
    Standing standing = Lifecycle.next(Standing.running(job.token()), next.action(), now);
    @Nullable Instant finishedAt = standing.state().isFinal() ? now : null;
    return new EndedAttempt(
        finished,
        new Job(
            job.id(),
            job.order(),
            standing,
            new Job.Times(job.arrivedAt(), startedAt(finished), finishedAt),
            next.setbacks(),
            next.ending()));
  }

  private static Next next(FinishedJob finished, RetryPolicy policy, double random) {
    ActiveJob job = finished.job();
    return switch (finished.outcome()) {
      case Outcome.Succeeded(byte[] result) -> succeeded(job, result);
      case Outcome.Recorded(byte[] result) -> succeeded(job, result);
      case Outcome.Parked(_, Duration atLeast) ->
          new Next(
              new JobAction.PutBack(
                  job.token(), WaitReason.PARKED, finished.finishedAt().plus(atLeast)),
              job.setbacks(),
              Job.Ending.NONE);
      case Outcome.SetAside() ->
          new Next(
              new JobAction.PutBack(job.token(), WaitReason.PAUSED, finished.finishedAt()),
              job.setbacks(),
              Job.Ending.NONE);
      case Outcome.Fenced _, Outcome.Unknown _ ->
          throw new IllegalArgumentException("only its row knows how it ended");
      case Outcome.Failed(var how) ->
          switch (Recovery.from(
              how,
              job.setbacks(),
              policy,
              job.order().options().deadline(),
              finished.finishedAt(),
              random)) {
            case Recovery.RunAgain(Instant notBefore, Setbacks after) ->
                new Next(
                    new JobAction.PutBack(job.token(), WaitReason.RETRY, notBefore),
                    after,
                    Job.Ending.NONE);
            case Recovery.GiveUp(var why, Setbacks after) ->
                new Next(new JobAction.Fail(job.token()), after, Job.Ending.failed(why));
            case Recovery.Expire(Setbacks after) ->
                new Next(new JobAction.Lapse(job.token()), after, Job.Ending.NONE);
          };
    };
  }

  private static Next succeeded(ActiveJob job, byte[] result) {
    return new Next(
        new JobAction.Succeed(job.token()), job.setbacks(), Job.Ending.succeeded(result));
  }

  /** The change of a job that has a row. */
  JobChange change() {
    return new JobChange(
        row.id(),
        row.order().type(),
        Standing.running(finished.job().token()),
        row.standing(),
        row.times().startedAt(),
        row.times().finishedAt(),
        row.setbacks(),
        row.ending(),
        false);
  }

  /** What was put back before its handler began has not. */
  private static @Nullable Instant startedAt(FinishedJob finished) {
    return finished.outcome().isUnbegun() ? null : finished.job().mustHaveStartedAt();
  }

  /** What it is to be parked for, if it is. */
  Optional<Parking> parking() {
    return finished.outcome() instanceof Outcome.Parked(DependencyKey dependency, _)
        ? Optional.of(new Parking(row.id(), finished.job().token(), dependency))
        : Optional.empty();
  }

  private @Nullable String call() {
    CallRecord last = finished.job().lastCall();
    return last == null ? null : last.json();
  }

  /** Why it failed, in one word; empty if it did not. */
  String reason() {
    return failure().map(failure -> failure.failure().kind()).orElse("");
  }

  /** What is kept of the attempt, if it failed. */
  Optional<AttemptFailure> failure() {
    return finished.outcome() instanceof Outcome.Failed(var how)
        ? Optional.of(
            new AttemptFailure(
                row.id(),
                finished.job().token().attempt(),
                finished.job().token().worker(),
                finished.job().mustHaveStartedAt(),
                finished.finishedAt(),
                how.why(),
                call()))
        : Optional.empty();
  }
}
