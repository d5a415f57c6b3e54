package io.millrace.scheduler.batch;

import io.millrace.batch.BatchStep;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.Task;
import io.millrace.batch.TaskStep;
import java.time.Duration;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes the steps of Spring Batch that do partitions, each anew: no two share anything. */
final class StepFactory {

  // No table: of the transaction at hand.
  private static final String LIMIT_IDLENESS =
      "SELECT set_config('idle_in_transaction_session_timeout', :idle, true)";

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final LeaseStore leases;
  private final RunStore runs;
  private final JdbcClient jdbc;
  private final Duration idleTransaction;

  StepFactory(
      JobRepository repository,
      PlatformTransactionManager transactions,
      LeaseStore leases,
      RunStore runs,
      JdbcClient jdbc,
      Duration idleTransaction) {
    this.repository = repository;
    this.transactions = transactions;
    this.leases = leases;
    this.runs = runs;
    this.jdbc = jdbc;
    this.idleTransaction = idleTransaction;
  }

  /** The step that does a partition. */
  Step step(
      BatchStep step, ClaimedPartition claimed, PartitionContext context, StepExecution execution) {
    String name = claimed.step() + ":" + claimed.name();
    Fence fence = new Fence(leases, claimed, execution);
    return switch (step) {
      case ChunkStep<?, ?> chunks -> chunks(name, chunks, claimed, context, fence);
      case TaskStep task -> task(name, task.task(), context, fence);
    };
  }

  private <I, O> Step chunks(
      String name,
      ChunkStep<I, O> step,
      ClaimedPartition claimed,
      PartitionContext context,
      Fence fence) {
    ChunkOrientedStepBuilder<I, O> builder =
        new ChunkOrientedStepBuilder<I, O>(name, repository, step.chunk())
                .reader(step.reader(context))
                .writer(step.writer(context))
                .transactionManager(transactions)
                .stream(fence)
                .listener(new IdleLimit<>());
    ItemProcessor<? super I, ? extends O> processor = step.processor(context);
    if (processor != null) {
      builder.processor(processor);
    }
    if (step.skipLimit() > 0) {
      builder
          .faultTolerant()
          .skipListener(new SkipRecorder(runs, claimed))
          .skipLimit(step.skipLimit());
      step.skippable().forEach(builder::skip);
    }
    if (step.retries() > 0) {
      builder.faultTolerant().retryLimit(step.retries());
      step.retryable().forEach(builder::retry);
    }
    return builder.build();
  }

  private Step task(String name, Task task, PartitionContext context, Fence fence) {
    return new StepBuilder(name, repository)
            .tasklet(
                (contribution, chunk) -> {
                  limitIdleness();
                  ExecutionContext state = contribution.getStepExecution().getExecutionContext();
                  Task.Progress progress = task.next(context, state);
                  contribution.incrementWriteCount(progress.items());
                  return RepeatStatus.continueIf(!progress.finished());
                },
                transactions)
            .stream(fence)
            .build();
  }

  /** Limits how long a chunk may be processed without a word to the database. */
  private final class IdleLimit<I, O> implements ChunkListener<I, O> {

    @Override
    public void beforeChunk(Chunk<I> chunk) {
      limitIdleness();
    }
  }

  private void limitIdleness() {
    jdbc.sql(LIMIT_IDLENESS)
        .param("idle", idleTransaction.toMillis() + "ms")
        .query(String.class)
        .single();
  }
}
