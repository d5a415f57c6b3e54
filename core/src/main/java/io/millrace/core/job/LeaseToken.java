package io.millrace.core.job;

import java.util.UUID;

/**
 * The right to write the end of one attempt: the worker incarnation that runs it and the number of
 * the attempt. Both change when somebody else takes the job over, so a late write by the former
 * owner finds nothing to change.
 *
 * @param worker the incarnation of the worker
 * @param attempt the number of the attempt, from 1
 */
public record LeaseToken(UUID worker, int attempt) {}
