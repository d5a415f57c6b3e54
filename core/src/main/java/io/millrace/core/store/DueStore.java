package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs that somebody has to do something about. What a method locks stays locked until the
 * transaction ends; what another has locked it passes over, so that many may look at the same time.
 * It never begins a transaction. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface DueStore {

  /** When the next job is due that waits for a time; in the past if one is overdue. */
  Optional<Instant> next();

  /**
   * Lets the database end the transaction at hand, and free what it has locked, should this process
   * say nothing for so long in the middle of it.
   */
  void limitSilence(Duration silence);

  /** The types of all jobs that wait for a time, due or not. */
  List<JobType> waitingTypes();

  /**
   * The tenants that have due jobs of a type, in the order of their names.
   *
   * @param after where to begin, exclusively
   */
  List<String> tenantsWithDue(JobType type, String after, Instant now, int most);

  /** Locks the due jobs of a type that have waited longest, of each tenant so many at most. */
  List<JobHead> lockDue(JobType type, Collection<String> tenants, int each, Instant now);

  /** How many jobs of each type are {@code QUEUED}. */
  Map<JobType, Integer> queued();

  /** The types of all jobs that wait for their turn. */
  List<JobType> typesInTurn();

  /**
   * The concurrency keys for which jobs of a type wait, in their order.
   *
   * @param after where to begin, exclusively
   */
  List<String> keysInTurn(JobType type, String after, int most);

  /**
   * Claims the concurrency keys for this transaction, as far as no other dispatcher has, and locks
   * for each as many of those that wait as may run now beside those that are queued or running.
   *
   * @param limit how many jobs with one key may run at a time
   */
  List<JobHead> lockNextInTurn(JobType type, Collection<String> keys, int limit);

  /** Locks jobs that have not begun and whose deadline has passed. */
  List<JobHead> lockLate(Instant now, int most);

  /**
   * Locks jobs whose worker has ended: those whose message was acknowledged, and those whose
   * message has not brought them to another worker since.
   *
   * @param endedBefore when a worker must have ended, for the latter
   */
  List<OrphanedJob> lockOrphans(Instant endedBefore, int most);

  /** Locks jobs that have ended, and whose end is to be announced. */
  List<Job> lockUnannounced(int most);

  /** Says that the ends of these jobs have been announced. */
  void announced(Collection<JobId> ids);

  /** Locks jobs of a type whose message was published so long ago and that have not begun. */
  List<JobHead> lockQueuedBefore(JobType type, Instant before, int most);

  /** Says that the messages of these jobs have been published once more. */
  void queuedAgain(Collection<JobId> ids);
}
