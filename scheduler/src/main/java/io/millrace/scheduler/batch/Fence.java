package io.millrace.scheduler.batch;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * Lets a chunk commit only while its partition is ours. Spring Batch calls it in the transaction of
 * each chunk, before that saves how far it has come.
 */
final class Fence implements ItemStream {

  private final LeaseStore leases;
  private final ClaimedPartition partition;

  Fence(LeaseStore leases, ClaimedPartition partition) {
    this.leases = leases;
    this.partition = partition;
  }

  @Override
  public void update(ExecutionContext context) {
    leases.require(partition);
  }
}
