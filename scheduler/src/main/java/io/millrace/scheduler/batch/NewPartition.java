package io.millrace.scheduler.batch;

import io.millrace.batch.Partition;

/**
 * A partition that is to be worked at.
 *
 * @param id of its step execution
 * @param place in the order of their beginning
 * @param done items of it that earlier executions have done
 * @param skipped how many of them were left out
 */
record NewPartition(long id, Partition partition, int place, long done, long skipped) {}
