package io.millrace.scheduler.fileimport;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchStep;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task;
import io.millrace.batch.TaskStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A run as the engine does it: step by step, and each chunk in a transaction together with what is
 * saved. Whenever it dies it can be begun again, with what was committed and nothing else.
 */
final class SteppedRun {

  /** Says that the process dies, between any two things that a run does. */
  interface Nemesis {

    void maybeKill() throws KilledException;
  }

  /** The process is dead. */
  static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final BatchJob job;
  private final RunContext context;
  private final TransactionOperations transaction;
  private final Map<String, Map<String, Object>> saved = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private long items;

  SteppedRun(BatchJob job, RunContext context, TransactionOperations transaction) {
    this.job = job;
    this.context = context;
    this.transaction = transaction;
  }

  /** Does what is left. */
  List<ControlTotal> run(Nemesis nemesis) throws Exception {
    for (BatchStep step : job.steps()) {
      if (!ended.contains(step.name())) {
        for (Partition partition : step.partitioning().partitions(context)) {
          PartitionContext part = new PartitionContext(context, partition);
          switch (step) {
            case TaskStep task -> perform(task, part, nemesis);
            case ChunkStep<?, ?> chunks -> perform(chunks, part, nemesis);
          }
        }
        ended.add(step.name());
        nemesis.maybeKill();
      }
    }
    return job.totals().totals(context);
  }

  /** How many items were read and committed. */
  long items() {
    return items;
  }

  private void perform(TaskStep step, PartitionContext part, Nemesis nemesis) {
    ExecutionContext state = stateOf(step);
    boolean finished = false;
    while (!finished) {
      nemesis.maybeKill();
      finished =
          inTransaction(
              () -> {
                Task.Progress progress = step.task().next(part, state);
                nemesis.maybeKill();
                return progress.finished();
              });
      saved.put(step.name(), Map.copyOf(state.toMap()));
      nemesis.maybeKill();
    }
  }

  private <I, O> void perform(ChunkStep<I, O> step, PartitionContext part, Nemesis nemesis) {
    ExecutionContext state = stateOf(step);
    ItemReader<? extends I> reader = step.reader(part);
    @SuppressWarnings("unchecked") // there is no processor: what is read is written
    ItemWriter<? super I> writer = (ItemWriter<? super I>) step.writer(part);
    try {
      ((ItemStream) reader).open(state);
      ((ItemStream) writer).open(state);
      int read = step.chunk();
      while (read == step.chunk()) {
        nemesis.maybeKill();
        read =
            inTransaction(
                () -> {
                  Chunk<I> chunk = new Chunk<>();
                  for (int i = 0; i < step.chunk(); i++) {
                    I item = reader.read();
                    if (item == null) {
                      break;
                    }
                    chunk.add(item);
                  }
                  nemesis.maybeKill();
                  if (!chunk.isEmpty()) {
                    writer.write(chunk);
                  }
                  nemesis.maybeKill();
                  ((ItemStream) reader).update(state);
                  ((ItemStream) writer).update(state);
                  nemesis.maybeKill();
                  return chunk.size();
                });
        items += read;
        saved.put(step.name(), Map.copyOf(state.toMap()));
        nemesis.maybeKill();
      }
    } finally {
      ((ItemStream) reader).close();
      ((ItemStream) writer).close();
    }
  }

  private ExecutionContext stateOf(BatchStep step) {
    return new ExecutionContext(saved.getOrDefault(step.name(), Map.of()));
  }

  private interface Work<T> {
    T perform() throws Exception;
  }

  private <T> T inTransaction(Work<T> work) {
    T result =
        transaction.execute(
            _ -> {
              try {
                return work.perform();
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    if (result == null) {
      throw new IllegalStateException("a transaction answers");
    }
    return result;
  }
}
