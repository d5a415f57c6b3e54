package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Job;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides about a job's next step, without its payload and its result. Its row is locked by
 * the transaction that read it.
 *
 * @param concurrencyKey of which there may be only so many at a time
 * @param deadline after what time it is not started
 * @param startedAt when its last attempt began
 */
public record JobHead(
    JobId id,
    String tenant,
    JobType type,
    Lane lane,
    Standing standing,
    @Nullable String concurrencyKey,
    @Nullable Instant deadline,
    @Nullable Instant startedAt,
    Setbacks setbacks) {

  /** Whether it is too late to begin. */
  public boolean isLate(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  /** That it now stands at {@code to} and has not ended. */
  public JobChange change(Standing to) {
    return new JobChange(id, type, standing, to, startedAt, null, setbacks, Job.Ending.NONE, false);
  }

  /** The same, with one more thing that went wrong. */
  public JobChange change(Standing to, Setbacks after) {
    return new JobChange(id, type, standing, to, startedAt, null, after, Job.Ending.NONE, false);
  }

  /** That it has ended, without a message of its at hand. */
  public JobChange end(Standing to, Instant at, Setbacks after, Job.Ending ending) {
    return new JobChange(id, type, standing, to, startedAt, at, after, ending, true);
  }
}
