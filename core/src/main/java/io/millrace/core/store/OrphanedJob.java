package io.millrace.core.store;

import io.millrace.core.job.Mishap;
import io.millrace.core.lease.OwnerEnd;

/**
 * A job that a worker ran that has ended. Its row is locked by the transaction that read it.
 *
 * @param head the job
 * @param ownerEnd how the worker ended
 * @param alone whether the job ran there with nothing beside it
 */
public record OrphanedJob(JobHead head, OwnerEnd ownerEnd, boolean alone) {

  /** What the end of its worker means for it. */
  public Mishap mishap() {
    return ownerEnd.mishap(alone);
  }
}
