package io.millrace.worker.execution;

import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import java.time.Instant;

/**
 * A job whose handler has ended.
 *
 * @param job as it was run
 * @param outcome what came of it
 * @param finishedAt when
 */
public record FinishedJob(ActiveJob job, Outcome outcome, Instant finishedAt) {}
