package io.millrace.scheduler.batch;

import org.springframework.batch.core.BatchStatus;

/**
 * A partition as its last execution left it.
 *
 * @param id of its step execution
 */
record KnownPartition(long id, String name, int place, long items, BatchStatus status) {}
