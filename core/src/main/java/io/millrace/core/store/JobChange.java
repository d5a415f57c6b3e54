package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transition to be written.
 *
 * @param id of the job
 * @param type of the job
 * @param from where it must still stand
 * @param to where it then stands
 * @param startedAt when the attempt began
 * @param finishedAt when the job ended, exactly if {@code to} is final
 * @param setbacks what has gone wrong so far
 * @param ending what came of it
 * @param announceDue whether the dispatcher is to announce the end, since whoever writes it has no
 *     message of the job to acknowledge afterwards
 */
public record JobChange(
    JobId id,
    JobType type,
    Standing from,
    Standing to,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Setbacks setbacks,
    Job.Ending ending,
    boolean announceDue) {}
