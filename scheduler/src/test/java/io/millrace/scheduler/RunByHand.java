package io.millrace.scheduler;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A run of a job of tasks, done bit by bit as the engine does it: each bit in a transaction, with a
 * state that is only kept if it commits. It can be interrupted and goes on where it was.
 */
public final class RunByHand {

  private final BatchJob job;
  private final RunContext context;
  private final TransactionOperations transaction;
  private final Map<String, List<Partition>> partitions = new HashMap<>();
  private final Map<String, ExecutionContext> states = new HashMap<>();
  private final Map<String, Boolean> finished = new HashMap<>();
  private int bits;

  public RunByHand(
      BatchJob job, TransactionOperations transaction, Map<String, String> parameters) {
    this.job = job;
    this.context = new RunContext(UUID.randomUUID(), parameters);
    this.transaction = transaction;
  }

  public UUID id() {
    return context.run();
  }

  /** Does all that is left. */
  public RunByHand complete() throws Exception {
    proceed(Integer.MAX_VALUE);
    return this;
  }

  /** Does as many bits as it says, or all that is left. */
  public void proceed(int most) throws Exception {
    int until = most == Integer.MAX_VALUE ? most : bits + most;
    for (BatchStep step : job.steps()) {
      TaskStep task = (TaskStep) step;
      if (!partitions.containsKey(task.name())) {
        partitions.put(task.name(), task.partitioning().partitions(context));
      }
      for (Partition partition : partitions.getOrDefault(task.name(), List.of())) {
        String name = task.name() + ":" + partition.name();
        while (!finished.getOrDefault(name, false)) {
          if (bits == until) {
            return;
          }
          bit(task, partition, name);
        }
      }
    }
  }

  private void bit(TaskStep step, Partition partition, String name) {
    ExecutionContext state =
        new ExecutionContext(states.getOrDefault(name, new ExecutionContext()));
    Progress progress =
        transaction.execute(
            _ -> {
              try {
                return step.task().next(new PartitionContext(context, partition), state);
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    states.put(name, state);
    finished.put(name, progress != null && progress.finished());
    bits++;
  }

  /** How many bits were done. */
  public int bits() {
    return bits;
  }

  /** What the job adds up at the end. */
  public List<ControlTotal> totals() throws Exception {
    return job.totals().totals(context);
  }
}
