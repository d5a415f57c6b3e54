package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.DependencyKey;
import java.time.Duration;
import java.util.UUID;

/** Something that happened in a dispatcher. Log, meters and tests listen to these. */
public sealed interface DispatchEvent {

  /** Due jobs were published and are {@code QUEUED}. */
  record Dispatched(JobType type, int jobs) implements DispatchEvent {}

  /** Due jobs wait for their turn, since their concurrency key has all that it may have. */
  record Deferred(JobType type, int jobs) implements DispatchEvent {}

  /** Parked jobs were published again and are {@code QUEUED}. */
  record Returned(DependencyKey dependency, int jobs) implements DispatchEvent {}

  /** Due jobs wait until their type or their lane is resumed. */
  record SetAside(JobType type, int jobs) implements DispatchEvent {}

  /** Jobs that were set aside for a pause wait for their time again. */
  record Resumed(JobType type, int jobs) implements DispatchEvent {}

  /** How many types and lanes are paused, and how long the one that is so for longest has been. */
  record PausesMeasured(int paused, Duration longest) implements DispatchEvent {}

  /** Jobs have ended since their deadline passed before they began. */
  record Expired(int jobs) implements DispatchEvent {}

  /** A job whose worker has ended waits for another run. */
  record Revived(JobId job, int attempt) implements DispatchEvent {}

  /** A job has failed, since it ended its worker while it ran there alone. */
  record Convicted(JobId job) implements DispatchEvent {}

  /** Ends that nobody else had announced were. */
  record Announced(int jobs) implements DispatchEvent {}

  /** That endpoints of webhooks were disabled was announced. */
  record EndpointsAnnounced(int endpoints) implements DispatchEvent {}

  /**
   * Messages that had not reached a worker in a long time, in an empty queue, were published again.
   */
  record PublishedAgain(JobType type, int jobs) implements DispatchEvent {}

  /** Results were dropped that have been kept for as long as they are to be. */
  record ResultsDropped(int jobs) implements DispatchEvent {}

  /** A worker was silent for too long. */
  record WorkerDeclaredDead(UUID incarnation) implements DispatchEvent {}

  /** How far behind its time the longest-waiting due job is; zero if none waits. */
  record LagMeasured(Duration lag) implements DispatchEvent {}

  /** Something could not be done, and is tried again. */
  record PassFailed(String pass, String reason) implements DispatchEvent {}

  /** What had failed works again. */
  record PassRecovered(String pass) implements DispatchEvent {}
}
