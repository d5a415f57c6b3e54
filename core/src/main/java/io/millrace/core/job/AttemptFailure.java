package io.millrace.core.job;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.util.UUID;

/**
 * An attempt that failed.
 *
 * @param job whose attempt
 * @param attempt its number
 * @param worker the incarnation that ran it
 * @param startedAt when it began
 * @param failedAt when it failed
 * @param failure why
 */
public record AttemptFailure(
    JobId job, int attempt, UUID worker, Instant startedAt, Instant failedAt, Failure failure) {}
