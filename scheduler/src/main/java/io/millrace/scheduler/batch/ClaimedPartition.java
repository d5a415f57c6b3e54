package io.millrace.scheduler.batch;

import io.millrace.batch.RunContext;

/**
 * A partition that this scheduler works at.
 *
 * @param id of its step execution
 * @param token which nobody else has; it is void when another takes over. It begins with 1, and is
 *     one more for each scheduler that has claimed it
 */
record ClaimedPartition(
    long id, String job, RunContext context, String step, String name, long token) {}
