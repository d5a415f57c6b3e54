package io.millrace.core.store;

import io.millrace.core.job.Job;
import io.millrace.core.job.Mishap;
import io.millrace.core.lease.OwnerEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job whose row is locked by the transaction that read it.
 *
 * @param job as it stands
 * @param ownerEnd how the worker that runs it has ended; null while it lives, and where there is
 *     none
 * @param alone whether it runs there with nothing beside it
 */
public record LockedJob(Job job, @Nullable OwnerEnd ownerEnd, boolean alone) {

  /** What the end of its owner means for it; empty while the owner lives. */
  public Optional<Mishap> mishap() {
    return Optional.ofNullable(ownerEnd).map(end -> end.mishap(alone));
  }
}
