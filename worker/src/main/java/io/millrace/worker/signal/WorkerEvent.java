package io.millrace.worker.signal;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.pause.Paused;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a worker. Log, meters and tests listen to these and to nothing else.
 */
public sealed interface WorkerEvent {

  /** A batch of deliveries was taken from the broker. */
  record BatchTaken(int deliveries) implements WorkerEvent {}

  /** A message could not become a job and is in quarantine. */
  record MessageRefused(
      Refusal reason, String explanation, String queue, @Nullable String messageId)
      implements WorkerEvent {}

  /**
   * A delivery of a job that this worker has at hand already, that waits or that has ended, was
   * recognised.
   */
  record DuplicateRecognised(JobId job) implements WorkerEvent {}

  /** A job waits in its row, since its tenant has its share at hand. */
  record OthersGoFirst(JobId job, JobType type) implements WorkerEvent {}

  /** A job runs elsewhere: its delivery is held until its owner is done or dead. */
  record DeliveryHeld(JobId job) implements WorkerEvent {}

  /** A job whose owner is dead goes on here. */
  record JobTakenOver(JobId job, int attempt) implements WorkerEvent {}

  /**
   * A job has ended and that is recorded.
   *
   * @param run how long the handler took; zero if it did not run
   * @param sinceArrival from the arrival of its message to the end of its handler
   */
  record JobEnded(JobId job, JobType type, JobState state, Duration run, Duration sinceArrival)
      implements WorkerEvent {

    /** Of a job that did not run here. */
    public static JobEnded withoutRun(Job job) {
      return new JobEnded(
          job.id(), job.order().type(), job.standing().state(), Duration.ZERO, Duration.ZERO);
    }
  }

  /**
   * An attempt failed and the job is tried again.
   *
   * @param reason the class of what the handler threw, or a reason of the engine's own
   */
  record AttemptFailed(JobId job, JobType type, int attempt, String reason, Instant next)
      implements WorkerEvent {}

  /** A handler was interrupted. */
  record HandlerInterrupted(JobId job, String reason) implements WorkerEvent {}

  /**
   * A handler did not heed its interrupt: its job is settled without it, and its thread replaced.
   *
   * @param lost how many such handlers still run
   */
  record HandlerGivenUp(JobId job, JobType type, int lost) implements WorkerEvent {}

  /** The process ends itself, since it cannot do its work any more. */
  record ProcessEnding(String reason) implements WorkerEvent {}

  /** A job that may have ended its workers runs with nothing beside it. */
  record SuspectRunsAlone(JobId job, int crashes) implements WorkerEvent {}

  /** Messages were acknowledged before their jobs' ends, before they got too old for the broker. */
  record AcknowledgedEarly(int jobs) implements WorkerEvent {}

  /**
   * A job that was to call somebody waits for that in the database.
   *
   * @param why in words
   */
  record JobParked(JobId job, JobType type, DependencyKey dependency, String why)
      implements WorkerEvent {}

  /** A call has ended. */
  record CallEnded(DependencyKey dependency, CallResult result, Duration took)
      implements WorkerEvent {}

  /** What a call says about whom it was made to. */
  enum CallResult {
    /** It answered as it should. */
    SUCCEEDED,
    /** It answered that it cannot be. */
    REFUSED,
    /** It asked for a rest. */
    THROTTLED,
    /** It did not answer, or failed. */
    FAILED,
    /** The handler failed by itself. */
    BROKEN
  }

  /** This worker has taken a dependency for down, and told the others. */
  record CircuitOpened(DependencyKey dependency, String reason) implements WorkerEvent {}

  /** This worker has found a dependency well again, and told the others. */
  record CircuitClosed(DependencyKey dependency) implements WorkerEvent {}

  /** A dependency has asked for a rest. */
  record DependencyRests(DependencyKey dependency, Duration rest) implements WorkerEvent {}

  /** Nothing is sent to an endpoint of webhooks any more. */
  record EndpointDisabled(EndpointId endpoint, DisabledReason reason) implements WorkerEvent {}

  /** Which types are not taken from the broker now, since what they call is down. */
  record TypesPaused(Set<JobType> types) implements WorkerEvent {}

  /** What operators have paused, as far as this worker knows, has changed. */
  record QueuesPaused(Paused paused) implements WorkerEvent {}

  /** A job was put back before it began, since its type or its lane is paused. */
  record JobSetAside(JobId job, JobType type) implements WorkerEvent {}

  /** An end was not recorded, because the lease had passed to another. */
  record CommitFenced(JobId job, int attempt) implements WorkerEvent {}

  /** A group of ends was committed. */
  record GroupSettled(int jobs, Duration took) implements WorkerEvent {}

  /** The database does not answer: nothing is consumed until it does. */
  record DatabaseLost(String reason) implements WorkerEvent {}

  /** The database answers again. */
  record DatabaseBack(Duration away) implements WorkerEvent {}

  /** No calls to limited third parties can be reserved: they wait until that is possible again. */
  record LimitsLost(String reason) implements WorkerEvent {}

  /** Calls to limited third parties go on. */
  record LimitsBack(Duration away) implements WorkerEvent {}

  /** The broker cannot be reached or refuses; it is tried again. */
  record BrokerLost(String reason) implements WorkerEvent {}

  /** Messages are consumed. */
  record BrokerConnected(String address, int queues) implements WorkerEvent {}

  /** Outcomes could not be announced; it is tried again, and the messages stay unacknowledged. */
  record AnnouncementDelayed(int outcomes, String reason) implements WorkerEvent {}

  /** An incarnation of this worker has begun. */
  record WorkerStarted(UUID incarnation, int types) implements WorkerEvent {}

  /** An incarnation of this worker has ended. */
  record WorkerEnded(UUID incarnation, String reason) implements WorkerEvent {}

  /** Another worker was silent for too long: its jobs may be taken over. */
  record WorkerDeclaredDead(UUID incarnation) implements WorkerEvent {}
}
