package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.PayloadSchema.Violation;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.LockedJob;
import java.time.InstantSource;
import java.util.List;

/**
 * Has a single job run once more that has ended. It never begins a transaction. Safe for use by
 * many threads and processes.
 */
public final class JobRetry {

  private final JobStore jobs;
  private final JobTypeStore types;
  private final EndedJobs ended;
  private final InstantSource clock;

  public JobRetry(JobStore jobs, JobTypeStore types, EndedJobs ended, InstantSource clock) {
    this.jobs = jobs;
    this.types = types;
    this.ended = ended;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Result {

    /**
     * It runs once more.
     *
     * @param from how it had ended
     */
    record Again(JobState from) implements Result {}

    /** It has not ended; maybe somebody else has had it run once more. */
    record NotEnded(JobState state) implements Result {}

    /** It stays as it is, and why. */
    record Refused(String why) implements Result {}

    /** The other payload is none that its handler takes. */
    record Invalid(String why, List<Violation> violations) implements Result {}

    /** There is no such job. */
    record Unknown() implements Result {}
  }

  /**
   * Has the job run once more, as soon as a dispatcher looks. A second call, or a double click,
   * finds it waiting and does nothing.
   *
   * @param by who wants it
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  public Result retry(JobId id, String by, PayloadEdit edit) {
    List<LockedJob> locked = jobs.lock(List.of(id));
    if (locked.isEmpty()) {
      return new Result.Unknown();
    }
    Job job = locked.getFirst().job();
    JobState state = job.standing().state();
    if (!state.isFinal()) {
      return new Result.NotEnded(state);
    }
    if (new Payloads(types, edit).edited(job)
        instanceof Payloads.Edited.Invalid(String why, List<Violation> violations)) {
      return new Result.Invalid(why, violations);
    }
    EndedJobs.Done done =
        ended.replay(List.of(job), new EndedJobs.Request(by, null, edit), clock.instant());
    return done.refused().isEmpty()
        ? new Result.Again(state)
        : new Result.Refused(done.refused().getFirst().reason());
  }
}
