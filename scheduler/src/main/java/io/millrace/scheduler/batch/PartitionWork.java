package io.millrace.scheduler.batch;

import io.millrace.batch.PartitionContext;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Works at partitions, whoever manages their runs. Safe for use by many threads. */
final class PartitionWork {

  private final Catalogue catalogue;
  private final JobRepository repository;
  private final RunManager.Stores stores;
  private final StepFactory steps;
  private final int restarts;
  private final BatchListener events;
  private final Map<ClaimedPartition, StepExecution> executions = new ConcurrentHashMap<>();
  private volatile boolean closing;

  PartitionWork(
      Catalogue catalogue,
      JobRepository repository,
      RunManager.Stores stores,
      StepFactory steps,
      int restarts,
      BatchListener events) {
    this.catalogue = catalogue;
    this.repository = repository;
    this.stores = stores;
    this.steps = steps;
    this.restarts = restarts;
    this.events = events;
  }

  /** Does a partition until it has ended, or is another's. */
  void work(ClaimedPartition partition) {
    try {
      StepExecution execution =
          Objects.requireNonNull(
              repository.getStepExecution(partition.id()), "Spring Batch forgets no execution");
      stores.held().hold(partition, execution::setTerminateOnly);
      executions.put(partition, execution);
      if (execution.getStatus() == BatchStatus.COMPLETED) {
        stores.leases().end(partition); // its scheduler died before it could say so
      } else if (partition.begun() > restarts + 1L) {
        giveUp(partition, execution);
      } else {
        execute(partition, execution);
      }
    } catch (Exception e) {
      hindered(partition, e);
    } finally {
      executions.remove(partition);
      stores.held().drop(partition);
    }
  }

  private void execute(ClaimedPartition partition, StepExecution execution)
      throws JobInterruptedException {
    tell(
        new BatchEvent.PartitionBegun(
            run(partition), partition.job(), partition.step(), partition.name()));
    PartitionContext context =
        new PartitionContext(
            partition.context(),
            SavedPartition.load(partition.name(), execution.getExecutionContext()));
    execution.setStatus(BatchStatus.STARTING);
    execution.setExitStatus(ExitStatus.EXECUTING);
    if (closing) {
      execution.setTerminateOnly();
    }
    try {
      steps
          .step(catalogue.step(partition.job(), partition.step()), partition, context, execution)
          .execute(execution);
    } catch (RuntimeException
        | LinkageError e) { // the author's reader, processor or writer is not made
      fail(partition, execution, PartitionFailedException.of(e));
      return;
    }
    settle(partition, execution);
  }

  private void settle(ClaimedPartition partition, StepExecution execution) {
    switch (execution.getStatus()) {
      case COMPLETED -> stores.leases().end(partition);
      case STOPPED -> {
        if (closing) {
          leave(partition);
        } else {
          stores.leases().end(partition);
        }
      }
      case FAILED -> {
        PartitionFailedException failure = failure(execution);
        if (failure == null) {
          leave(partition);
        } else {
          ended(partition, failure);
        }
      }
      // What it wrote last may or may not be there: whoever claims it reads what is.
      default -> leave(partition);
    }
  }

  /** Null if nothing has failed but the hold on the partition. */
  private static @Nullable PartitionFailedException failure(StepExecution execution) {
    Throwable first = null;
    for (Throwable each : execution.getFailureExceptions()) {
      for (Throwable cause = each; cause != null; cause = cause.getCause()) {
        if (cause instanceof LeaseLostException) {
          return null;
        }
      }
      first = first == null ? each : first;
    }
    return first == null
        ? new PartitionFailedException(
            "it ended as " + execution.getExitStatus().getExitCode(), false)
        : PartitionFailedException.of(first);
  }

  /** Schedulers have died of it, perhaps. */
  private void giveUp(ClaimedPartition partition, StepExecution execution) {
    String why =
        "%d schedulers that worked at it have ended without a word"
            .formatted(partition.begun() - 1);
    fail(partition, execution, new PartitionFailedException(why, true));
  }

  private void fail(
      ClaimedPartition partition, StepExecution execution, PartitionFailedException failure) {
    execution.setStatus(BatchStatus.FAILED);
    execution.setExitStatus(
        ExitStatus.FAILED.addExitDescription(String.valueOf(failure.getMessage())));
    repository.update(execution);
    ended(partition, failure);
  }

  private void ended(ClaimedPartition partition, PartitionFailedException failure) {
    stores.leases().fail(partition, failure);
    tell(
        new BatchEvent.PartitionFailed(
            run(partition),
            partition.job(),
            partition.step(),
            partition.name(),
            String.valueOf(failure.getMessage())));
  }

  private void leave(ClaimedPartition partition) {
    stores.leases().leave(partition, closing);
    tell(
        new BatchEvent.PartitionLeft(
            run(partition), partition.job(), partition.step(), partition.name()));
  }

  /** The database is away, or the partition is another's: its lease ends by itself. */
  private void hindered(ClaimedPartition partition, Exception e) {
    tell(new BatchEvent.Hindered(FailureText.of(e)));
    tell(
        new BatchEvent.PartitionLeft(
            run(partition), partition.job(), partition.step(), partition.name()));
  }

  private static UUID run(ClaimedPartition partition) {
    return partition.context().run();
  }

  private void tell(BatchEvent event) {
    events.on(event);
  }

  /** Leaves all partitions to other schedulers, each at the end of its chunk. */
  void close() {
    closing = true;
    executions.values().forEach(StepExecution::setTerminateOnly);
  }
}
