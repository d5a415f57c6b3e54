package io.millrace.core.job;

import io.millrace.core.job.JobAction.Cancel;
import io.millrace.core.job.JobAction.Convict;
import io.millrace.core.job.JobAction.Defer;
import io.millrace.core.job.JobAction.Enqueue;
import io.millrace.core.job.JobAction.Expire;
import io.millrace.core.job.JobAction.Fail;
import io.millrace.core.job.JobAction.Lapse;
import io.millrace.core.job.JobAction.PutBack;
import io.millrace.core.job.JobAction.Replay;
import io.millrace.core.job.JobAction.Resume;
import io.millrace.core.job.JobAction.Revive;
import io.millrace.core.job.JobAction.SetAside;
import io.millrace.core.job.JobAction.Start;
import io.millrace.core.job.JobAction.Succeed;
import io.millrace.core.job.JobAction.TakeOver;
import io.millrace.core.job.Transition.Refused;
import io.millrace.core.job.Transition.To;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a job, and the only place that knows it. Stores write what it says, guarded
 * by the state and the token that it started from; the table repeats its invariants as CHECKs.
 */
public final class Lifecycle {

  private static final int FIRST_ATTEMPT = 1;

  private Lifecycle() {}

  /**
   * Where a job begins whose message has just arrived at {@code worker}.
   *
   * @param notBefore when it may start at the earliest, or null for now
   * @param deadline after what time it is not started, or null for never
   */
  public static Standing begin(
      @Nullable Instant notBefore, @Nullable Instant deadline, UUID worker, Instant now) {
    if (deadline != null && !now.isBefore(deadline)) {
      return Standing.ended(JobState.EXPIRED, FIRST_ATTEMPT);
    }
    if (notBefore != null && now.isBefore(notBefore)) {
      return Standing.waiting(WaitReason.SCHEDULED, notBefore, FIRST_ATTEMPT);
    }
    return Standing.running(new LeaseToken(worker, FIRST_ATTEMPT));
  }

  /**
   * The same for one that others may have to go before.
   *
   * @param reason what it waits for if it could start now, {@link WaitReason#CONCURRENCY} or {@link
   *     WaitReason#SHARE}
   * @param notBefore when it may start at the earliest, or null for now
   * @param deadline after what time it is not started, or null for never
   */
  public static Standing beginInTurn(
      WaitReason reason, @Nullable Instant notBefore, @Nullable Instant deadline, Instant now) {
    if (deadline != null && !now.isBefore(deadline)) {
      return Standing.ended(JobState.EXPIRED, FIRST_ATTEMPT);
    }
    return notBefore != null && now.isBefore(notBefore)
        ? Standing.waiting(WaitReason.SCHEDULED, notBefore, FIRST_ATTEMPT)
        : Standing.waiting(reason, now, FIRST_ATTEMPT);
  }

  /**
   * Where a job begins that comes without a message: it waits until the dispatcher publishes it.
   */
  public static Standing beginWithoutMessage(Instant dueAt) {
    return Standing.waiting(WaitReason.SCHEDULED, dueAt, FIRST_ATTEMPT);
  }

  /** What {@code action} at {@code now} makes of a job that stands at {@code from}. */
  public static Transition apply(Standing from, JobAction action, Instant now) {
    return switch (action) {
      case Enqueue() -> enqueue(from, now);
      case Start(UUID worker) -> start(from, worker);
      case TakeOver(UUID worker) -> takeOver(from, worker);
      case Succeed(LeaseToken token) -> end(from, token, JobState.SUCCEEDED);
      case Fail(LeaseToken token) -> end(from, token, JobState.FAILED);
      case PutBack(LeaseToken token, WaitReason reason, Instant dueAt) ->
          putBack(from, token, reason, dueAt);
      case Lapse(LeaseToken token) -> end(from, token, JobState.EXPIRED);
      case Revive(Instant dueAt) -> revive(from, dueAt);
      case Convict() -> convict(from);
      case Defer() -> defer(from);
      case SetAside() -> setAside(from);
      case Resume() -> resume(from);
      case Cancel() -> from.state().isFinal() ? ended(from) : endAt(from, JobState.CANCELLED);
      case Expire() -> expire(from);
      case Replay() -> replay(from, now);
    };
  }

  /**
   * The same for an action that the caller knows to be possible.
   *
   * @throws IllegalStateException if it is not
   */
  public static Standing next(Standing from, JobAction action, Instant now) {
    return switch (apply(from, action, now)) {
      case To(Standing next) -> next;
      case Refused(String why) -> throw new IllegalStateException(why);
    };
  }

  private static Transition enqueue(Standing from, Instant now) {
    Instant dueAt = from.dueAt();
    if (dueAt == null) {
      return new Refused("only a waiting job is enqueued, this one is " + from.state());
    }
    if (from.waitReason() == WaitReason.PAUSED) {
      return new Refused("it is paused");
    }
    if (waitsForATime(from) && now.isBefore(dueAt)) {
      return new Refused("not due before " + dueAt);
    }
    return new To(Standing.queued(from.attempt()));
  }

  /**
   * What waits for its turn, or for a dependency, was due by the clock of whoever wrote it, which
   * may be ahead.
   */
  private static boolean waitsForATime(Standing waiting) {
    return waiting.waitReason() != WaitReason.CONCURRENCY
        && waiting.waitReason() != WaitReason.PARKED;
  }

  private static Transition start(Standing from, UUID worker) {
    if (from.state() != JobState.QUEUED) {
      return new Refused("only a queued job is started, this one is " + from.state());
    }
    return new To(Standing.running(new LeaseToken(worker, from.attempt())));
  }

  private static Transition takeOver(Standing from, UUID worker) {
    if (from.state() != JobState.RUNNING) {
      return new Refused("only a running job is taken over, this one is " + from.state());
    }
    if (worker.equals(from.owner())) {
      return new Refused("a worker does not take over from itself");
    }
    return new To(Standing.running(new LeaseToken(worker, from.attempt() + 1)));
  }

  private static Transition end(Standing from, LeaseToken token, JobState state) {
    return from.isHeldBy(token) ? endAt(from, state) : fenced(from, token);
  }

  private static Transition putBack(
      Standing from, LeaseToken token, WaitReason reason, Instant dueAt) {
    return from.isHeldBy(token)
        ? new To(Standing.waiting(reason, dueAt, from.attempt() + 1))
        : fenced(from, token);
  }

  private static Transition revive(Standing from, Instant dueAt) {
    if (from.state() != JobState.RUNNING) {
      return new Refused("only a running job is revived, this one is " + from.state());
    }
    return new To(Standing.waiting(WaitReason.RETRY, dueAt, from.attempt() + 1));
  }

  private static Transition convict(Standing from) {
    if (from.state() != JobState.RUNNING) {
      return new Refused("only a running job is convicted, this one is " + from.state());
    }
    return endAt(from, JobState.FAILED);
  }

  private static Transition defer(Standing from) {
    Instant dueAt = from.dueAt();
    if (dueAt == null) {
      return new Refused("only a waiting job is deferred, this one is " + from.state());
    }
    return new To(Standing.waiting(WaitReason.CONCURRENCY, dueAt, from.attempt()));
  }

  private static Transition setAside(Standing from) {
    Instant dueAt = from.dueAt();
    if (dueAt == null) {
      return new Refused("only a waiting job is set aside, this one is " + from.state());
    }
    return new To(Standing.waiting(WaitReason.PAUSED, dueAt, from.attempt()));
  }

  private static Transition resume(Standing from) {
    Instant dueAt = from.dueAt();
    if (dueAt == null || from.waitReason() != WaitReason.PAUSED) {
      return new Refused("only a job that was set aside is resumed");
    }
    return new To(Standing.waiting(WaitReason.SCHEDULED, dueAt, from.attempt()));
  }

  private static Transition expire(Standing from) {
    return switch (from.state()) {
      case WAITING, QUEUED -> endAt(from, JobState.EXPIRED);
      case RUNNING -> new Refused("a job that runs has met its deadline");
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> ended(from);
    };
  }

  private static Transition replay(Standing from, Instant now) {
    if (!from.state().isFinal()) {
      return new Refused("only an ended job is replayed, this one is " + from.state());
    }
    return new To(Standing.waiting(WaitReason.SCHEDULED, now, from.attempt() + 1));
  }

  private static Transition endAt(Standing from, JobState state) {
    return new To(Standing.ended(state, from.attempt()));
  }

  private static Refused ended(Standing from) {
    return new Refused("it has already ended as " + from.state());
  }

  private static Refused fenced(Standing from, LeaseToken token) {
    return new Refused(
        "attempt %d of worker %s does not hold the lease: the job is %s at attempt %d"
            .formatted(token.attempt(), token.worker(), from.state(), from.attempt()));
  }
}
