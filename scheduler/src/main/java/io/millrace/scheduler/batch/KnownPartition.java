package io.millrace.scheduler.batch;

import org.springframework.batch.core.BatchStatus;

/**
 * A partition as its last execution left it.
 *
 * @param id of its step execution
 * @param done items of it, over all its executions
 * @param skipped how many of them were left out
 */
record KnownPartition(
    long id, String name, int place, long done, long skipped, BatchStatus status) {}
