package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The jobs and their failed attempts. Every method that writes takes a batch, writes all of it or
 * nothing, and answers what it changed; it joins the transaction at hand and never begins one. Safe
 * for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface JobStore {

  /** Which of {@code ids} are recorded, as far as is committed. */
  Set<JobId> existing(Collection<JobId> ids);

  /**
   * Records the jobs whose ids are new and leaves the others as they are. One that is on its way
   * while another job with its unique key is, is not recorded either: see {@link #holders}.
   *
   * @return the ids that were recorded
   */
  Set<JobId> insert(Collection<Job> jobs);

  /**
   * Locks the jobs until the transaction ends and reads them, in the order of their ids. Unknown
   * ids are passed over.
   */
  List<LockedJob> lock(Collection<JobId> ids);

  /** The same, but for the jobs that somebody else has locked: they are passed over as well. */
  List<LockedJob> lockIfFree(Collection<JobId> ids);

  /**
   * Which job on its way has the unique key of each of {@code jobs}, by the id of the job that was
   * asked for. As far as is committed; those whose key is free are missing.
   */
  Map<JobId, JobId> holders(Collection<Job> jobs);

  /**
   * Says that the job runs with nothing beside it.
   *
   * @return false if the lease is no longer {@code token}
   */
  boolean runsAlone(JobId id, LeaseToken token);

  /** Writes how far jobs are, as far as their leases are still as given. */
  void report(Collection<JobProgress> progress);

  /** How far the job is, if it runs and has said so. */
  Optional<JobProgress> progress(JobId id);

  /** Says that nothing runs alone in this worker any more. */
  void nothingRunsAlone(UUID worker);

  /**
   * Leaves the announcement of these jobs' ends to the dispatcher, as far as they still run, and
   * with it their revival, should their worker end before they do.
   *
   * @return those for which this is now so
   */
  Set<JobId> leaveToDispatcher(Collection<JobId> ids);

  /** Leaves the announcement of jobs that have ended to the dispatcher. */
  void announceLater(Collection<JobId> ids);

  /**
   * Writes each change whose job still stands where the change starts from.
   *
   * @return the ids of those that were written
   */
  Set<JobId> change(Collection<JobChange> changes);

  /**
   * Notes what running jobs are about to be parked for, of those whose leases are still as given.
   */
  void noteDependencies(Collection<Parking> jobs);

  /**
   * Tells the worker that runs the job, once the transaction has committed, that it is cancelled.
   */
  void tellWorker(JobId cancelled);

  /** Records failed attempts; one that is recorded already stays as it is. */
  void recordFailures(Collection<AttemptFailure> failures);

  /** The job, if there is one. */
  Optional<Job> find(JobId id);

  /** The failed attempts of the job, the first one first. */
  List<AttemptFailure> attempts(JobId id);
}
