package io.millrace.scheduler.batch;

import io.millrace.batch.RunContext;

/**
 * A partition that this scheduler works at.
 *
 * @param id of its step execution
 * @param token which nobody else has; it is void when another takes over
 * @param begun how often it was begun, this time included; but for the times when a scheduler that
 *     was stopped has left it in good order
 */
record ClaimedPartition(
    long id, String job, RunContext context, String step, String name, long token, long begun) {}
