package io.millrace.scheduler.batch;

import io.millrace.batch.Partition;

/**
 * A partition that is to be worked at.
 *
 * @param id of its step execution
 * @param place in the order of their beginning
 */
record NewPartition(long id, Partition partition, int place) {}
