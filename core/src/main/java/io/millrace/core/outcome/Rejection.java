package io.millrace.core.outcome;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not become a job.
 *
 * @param quarantineId where it is kept
 * @param reason why, for programs
 * @param explanation why, for people
 * @param type of the job that it was meant to be, if it says so
 * @param messageId its id, if it has one
 * @param at when it arrived
 */
public record Rejection(
    UUID quarantineId,
    Refusal reason,
    String explanation,
    @Nullable JobType type,
    @Nullable String messageId,
    Instant at) {}
