package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchStep;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task;
import io.millrace.batch.TaskStep;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A run of a batch job in one thread, without an engine: chunks in transactions, with what is saved
 * of them; after a crash it goes on from what was committed.
 */
final class DrivenRun {

  /** When the process dies: with the transaction at hand, or just after its commit. */
  enum Death {
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  static final class Killed extends RuntimeException {}

  private final BatchJob job;
  private final RunContext context;
  private final TransactionTemplate transactions;
  private final Map<String, ExecutionContext> saved = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  private int bitsToLive = Integer.MAX_VALUE;
  private Death death = Death.BEFORE_COMMIT;

  DrivenRun(BatchJob job, DataSource database, Map<String, String> given) {
    this.job = job;
    this.context =
        new RunContext(
            UUID.randomUUID(), job.parameters().values(job.name(), given, LocalDate.EPOCH));
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
  }

  RunContext context() {
    return context;
  }

  UUID id() {
    return context.run();
  }

  /** Dies at this transaction, counted from 1. */
  DrivenRun dyingAt(int bit, Death when) {
    bitsToLive = bit;
    death = when;
    return this;
  }

  /** Runs, or goes on, to the end. */
  List<ControlTotal> run() throws Exception {
    for (BatchStep step : job.steps()) {
      List<Partition> partitions =
          ended.contains(step.name()) ? List.of() : step.partitioning().partitions(context);
      for (Partition partition : partitions) {
        String name = step.name() + ":" + partition.name();
        if (!ended.contains(name)) {
          run(step, partition, saved.computeIfAbsent(name, _ -> new ExecutionContext()), name);
          ended.add(name);
        }
      }
      ended.add(step.name());
    }
    return job.totals().totals(context);
  }

  /** Runs, or goes on, and finds that the totals match. */
  List<ControlTotal> complete() throws Exception {
    List<ControlTotal> totals = run();
    assertThat(totals).isNotEmpty().allMatch(ControlTotal::matches);
    return totals;
  }

  private void run(BatchStep step, Partition partition, ExecutionContext state, String name)
      throws Exception {
    PartitionContext part = new PartitionContext(context, partition);
    switch (step) {
      case ChunkStep<?, ?> chunks -> chunks(chunks, part, state, name);
      case TaskStep task -> task(task.task(), part, name);
    }
  }

  private <I, O> void chunks(
      ChunkStep<I, O> step, PartitionContext part, ExecutionContext state, String name)
      throws Exception {
    ItemReader<? extends I> reader = step.reader(part);
    ItemProcessor<? super I, ? extends O> processor = step.processor(part);
    ItemWriter<? super O> writer = step.writer(part);
    if (reader instanceof ItemStream stream) {
      stream.open(state);
    }
    boolean more = true;
    while (more) {
      more =
          inTransaction(
              name,
              next -> {
                Chunk<O> chunk = new Chunk<>();
                boolean isFull = true;
                for (int items = 0; items < step.chunk() && isFull; items++) {
                  I item = reader.read();
                  isFull = item != null;
                  O written = item == null ? null : processed(item, processor);
                  if (written != null) {
                    chunk.add(written);
                  }
                }
                if (!chunk.isEmpty()) {
                  writer.write(chunk);
                }
                if (reader instanceof ItemStream stream) {
                  stream.update(next);
                }
                return isFull;
              });
    }
  }

  @SuppressWarnings("unchecked") // Without a processor what is read is what is written.
  private static <I, O> @Nullable O processed(
      I item, @Nullable ItemProcessor<? super I, ? extends O> processor) throws Exception {
    return processor == null ? (O) item : processor.process(item);
  }

  private void task(Task task, PartitionContext part, String name) throws Exception {
    boolean more = true;
    while (more) {
      more = inTransaction(name, next -> !task.next(part, next).finished());
    }
  }

  private interface Bit {
    boolean more(ExecutionContext state) throws Exception;
  }

  private boolean inTransaction(String name, Bit bit) {
    ExecutionContext next = new ExecutionContext(saved.getOrDefault(name, new ExecutionContext()));
    boolean dies = --bitsToLive == 0;
    boolean more =
        Boolean.TRUE.equals(
            transactions.execute(
                _ -> {
                  boolean isMore = attempted(bit, next);
                  if (dies && death == Death.BEFORE_COMMIT) {
                    throw new Killed();
                  }
                  return isMore;
                }));
    saved.put(name, next);
    if (dies) {
      throw new Killed();
    }
    return more;
  }

  private static boolean attempted(Bit bit, ExecutionContext state) {
    try {
      return bit.more(state);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
