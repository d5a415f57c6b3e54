package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as a list shows it: without its payload and its result.
 *
 * @param deadline after what time it is not started
 * @param failure exactly for {@link JobState#FAILED}
 */
public record ListedJob(
    JobId id,
    Name name,
    Standing standing,
    Job.Times times,
    @Nullable Instant deadline,
    Setbacks setbacks,
    @Nullable Failure failure) {

  /** What its publisher calls it. */
  public record Name(String tenant, JobType type, String messageId, Lane lane) {}

  /** Where it is in the list of the jobs in its state. */
  public Position position() {
    Instant finishedAt = times.finishedAt();
    return new Position(finishedAt == null ? times.createdAt() : finishedAt, id);
  }

  /**
   * A place in a list. It is one even if no job is there any more.
   *
   * @param at by which the list is ordered, in microseconds
   * @param id which orders what has the same time
   */
  public record Position(Instant at, JobId id) {}
}
