package io.millrace.scheduler.batch;

import io.millrace.batch.BatchStep;
import io.millrace.batch.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.StepExecutionAggregator;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * A step as whoever manages the run sees it: its partitions are put where every scheduler finds
 * them, and waited for. What is in a partition, and how far it has come, is known from what was put
 * there before by whoever held the run, and from nothing else.
 */
final class PartitionedStep extends AbstractStep {

  private final ClaimedRun run;
  private final BatchStep step;
  private final JobRepository repository;
  private final RunStore runs;
  private final RunWatch watch;
  private final StepExecutionAggregator aggregator = new DefaultStepExecutionAggregator();

  PartitionedStep(
      ClaimedRun run, BatchStep step, JobRepository repository, RunStore runs, RunWatch watch) {
    super(repository);
    setName(step.name());
    this.run = run;
    this.step = step;
    this.repository = repository;
    this.runs = runs;
    this.watch = watch;
  }

  @Override
  protected void doExecute(StepExecution managing) throws Exception {
    List<KnownPartition> known = runs.known(run.id(), step.name());
    List<NewPartition> open =
        known.isEmpty() ? firstTime(managing.getJobExecution()) : again(known, managing);
    runs.add(run, step.name(), open);
    watch.await(run, step.name(), managing.getJobExecution().getId());
    finish(managing, open);
  }

  private List<NewPartition> firstTime(JobExecution execution) throws Exception {
    List<NewPartition> partitions = new ArrayList<>();
    for (Partition partition : step.partitioning().partitions(run.context())) {
      partitions.add(
          new NewPartition(
              create(execution, partition, SavedPartition.save(partition)),
              partition,
              partitions.size(),
              0,
              0));
    }
    return partitions;
  }

  /** Those that have not completed, from where they were. */
  private List<NewPartition> again(List<KnownPartition> known, StepExecution managing) {
    List<NewPartition> partitions = new ArrayList<>();
    for (KnownPartition each :
        known.stream().sorted(Comparator.comparing(KnownPartition::place)).toList()) {
      if (each.status() != BatchStatus.COMPLETED) {
        ExecutionContext context =
            Objects.requireNonNull(
                    repository.getStepExecution(each.id()), "Spring Batch forgets no execution")
                .getExecutionContext();
        Partition partition = SavedPartition.load(each.name(), context);
        long id = create(managing.getJobExecution(), partition, context);
        partitions.add(new NewPartition(id, partition, each.place(), each.done(), each.skipped()));
      }
    }
    return partitions;
  }

  private long create(JobExecution execution, Partition partition, ExecutionContext context) {
    StepExecution created =
        repository.createStepExecution(step.name() + ":" + partition.name(), execution);
    created.setExecutionContext(new ExecutionContext(context));
    repository.updateExecutionContext(created);
    return created.getId();
  }

  private void finish(StepExecution managing, List<NewPartition> partitions)
      throws JobInterruptedException {
    Map<Long, StepExecution> executions = new HashMap<>();
    Objects.requireNonNull(
            repository.getJobExecution(managing.getJobExecutionId()),
            "Spring Batch forgets no execution")
        .getStepExecutions()
        .forEach(execution -> executions.put(execution.getId(), execution));
    Collection<StepExecution> ended =
        partitions.stream()
            .map(each -> executions.get(each.id()))
            .filter(Objects::nonNull)
            .collect(Collectors.toList());
    managing.upgradeStatus(BatchStatus.COMPLETED);
    aggregator.aggregate(managing, ended);
    if (managing.getStatus() == BatchStatus.STOPPED) {
      throw new JobInterruptedException("it was stopped");
    }
    if (managing.getStatus().isUnsuccessful()) {
      throw runs.failure(run)
          .orElseGet(
              () ->
                  new PartitionFailedException(
                      "a partition of step " + step.name() + " has failed", false));
    }
  }
}
