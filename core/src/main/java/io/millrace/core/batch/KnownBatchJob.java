package io.millrace.core.batch;

import io.millrace.batch.BatchParameters;
import java.time.Instant;

/**
 * A batch job that a scheduler has.
 *
 * @param isRepeatable whether it may run again with parameters with which a run has completed
 * @param seenAt when a scheduler that has it began last
 */
public record KnownBatchJob(
    String name,
    String description,
    boolean isRepeatable,
    BatchParameters parameters,
    Instant seenAt) {}
