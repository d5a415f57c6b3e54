package io.millrace.scheduler.batch;

import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * Lets a chunk commit only while its partition is ours, and counts what is committed. Spring Batch
 * calls it in the transaction of each chunk, before that saves how far it has come; its own counts
 * have items of chunks in them that were rolled back.
 */
final class Fence implements ItemStream {

  private static final String DONE = "millrace.done";
  private static final String SKIPPED = "millrace.skipped";

  private final LeaseStore leases;
  private final ClaimedPartition partition;
  private final StepExecution execution;

  // As if nothing had been counted before this execution began.
  private long done;
  private long skipped;

  Fence(LeaseStore leases, ClaimedPartition partition, StepExecution execution) {
    this.leases = leases;
    this.partition = partition;
    this.execution = execution;
  }

  @Override
  public void open(ExecutionContext context) {
    done = context.getLong(DONE, 0) - read();
    skipped = context.getLong(SKIPPED, 0) - execution.getSkipCount();
  }

  @Override
  public void update(ExecutionContext context) {
    context.putLong(DONE, done + read());
    context.putLong(SKIPPED, skipped + execution.getSkipCount());
    leases.advance(partition, context.getLong(DONE), context.getLong(SKIPPED));
  }

  /** What is read and not written was filtered or skipped; a task writes, and reads nothing. */
  private long read() {
    long read = execution.getReadCount() + execution.getReadSkipCount();
    return read == 0 ? execution.getWriteCount() : read;
  }
}
