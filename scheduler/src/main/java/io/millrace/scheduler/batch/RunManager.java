package io.millrace.scheduler.batch;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchStep;
import io.millrace.batch.ControlTotal;
import io.millrace.core.batch.BatchRunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.SimpleJob;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;

/**
 * Manages runs: begins one, or begins it again where it was, waits for its partitions step by step,
 * checks its totals, and decides what becomes of it. Safe for use by many threads.
 */
final class RunManager {

  /** The parameter that makes each run an instance of its own for Spring Batch. */
  private static final String RUN = "run";

  private final Catalogue catalogue;
  private final JobRepository repository;
  private final JobOperator operator;
  private final Stores stores;
  private final BatchProperties properties;
  private final BatchListener events;
  private final Recovery recovery;
  private final RestartPolicy restarts;
  private final Map<ClaimedRun, RunWatch> watches = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /** What it reads and writes. */
  record Stores(LeaseStore leases, RunStore runs, HeldLeases held) {}

  RunManager(
      Catalogue catalogue,
      JobRepository repository,
      JobOperator operator,
      Stores stores,
      BatchProperties properties,
      BatchListener events) {
    this.catalogue = catalogue;
    this.repository = repository;
    this.operator = operator;
    this.stores = stores;
    this.properties = properties;
    this.events = events;
    this.recovery = new Recovery(repository, operator);
    this.restarts = new RestartPolicy(properties.restarts());
  }

  /** Manages a run until it has ended, or is another's. */
  void manage(ClaimedRun run) {
    RunWatch watch = new RunWatch(stores.runs(), repository, operator, properties.poll(), events);
    watches.put(run, watch);
    stores.held().hold(run, watch::end);
    events.on(new BatchEvent.RunBegun(run.id(), run.job(), run.takenFrom()));
    try {
      if (closing) { // it began to stop while this was claimed
        throw new LeaseLostException("run " + run.id());
      }
      settle(run, watch);
    } catch (LeaseLostException _) {
      leave(run);
    } catch (Exception e) {
      fail(run, e);
    } finally {
      stores.held().drop(run);
      watches.remove(run);
    }
  }

  private void settle(ClaimedRun run, RunWatch watch) throws Exception {
    BatchJob job = catalogue.job(run.job());
    JobParameters parameters = parameters(run);
    recovery.recover(job.name(), parameters);
    if (run.stopRequested()) {
      end(run, BatchRunState.STOPPED);
      return;
    }
    if (restarts.isExceeded(run.begun() - 1)) {
      fail(run, new SchedulersLostException(run.takenFrom()));
      return;
    }
    JobExecution execution = execute(run, job, parameters, watch);
    switch (execution.getStatus()) {
      case COMPLETED -> end(run, BatchRunState.COMPLETED);
      case STOPPED -> end(run, BatchRunState.STOPPED);
      default -> throw failure(execution);
    }
  }

  private JobExecution execute(
      ClaimedRun run, BatchJob job, JobParameters parameters, RunWatch watch)
      throws JobExecutionException {
    JobExecution last = repository.getLastJobExecution(job.name(), parameters);
    if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
      return last; // its scheduler died before it could say so
    }
    return operator.start(springJob(run, job, watch), parameters);
  }

  private SimpleJob springJob(ClaimedRun run, BatchJob job, RunWatch watch) {
    List<Step> steps = new ArrayList<>();
    for (BatchStep step : job.steps()) {
      steps.add(new PartitionedStep(run, step, repository, stores.runs(), watch));
    }
    steps.add(new TotalsStep(repository, () -> check(run, job)));
    SimpleJob springJob = new SimpleJob(job.name());
    springJob.setJobRepository(repository);
    springJob.setSteps(steps);
    return springJob;
  }

  private void check(ClaimedRun run, BatchJob job) throws Exception {
    List<ControlTotal> totals = job.totals().totals(run.context());
    stores.runs().keep(run, totals);
    List<ControlTotal> wrong = totals.stream().filter(total -> !total.matches()).toList();
    if (!wrong.isEmpty()) {
      throw new TotalsException(wrong);
    }
  }

  private static JobParameters parameters(ClaimedRun run) {
    JobParametersBuilder parameters =
        new JobParametersBuilder().addString(RUN, run.id().toString());
    run.context().parameters().forEach((name, value) -> parameters.addString(name, value, false));
    return parameters.toJobParameters();
  }

  private static Exception failure(JobExecution execution) {
    for (Throwable each : execution.getAllFailureExceptions()) {
      for (Throwable cause = each; cause != null; cause = cause.getCause()) {
        if (cause instanceof LeaseLostException lost) {
          return lost;
        }
      }
    }
    return execution.getAllFailureExceptions().stream()
        .filter(Exception.class::isInstance)
        .map(Exception.class::cast)
        .findFirst()
        .orElseGet(() -> new IllegalStateException("it ended as " + execution.getStatus()));
  }

  private void end(ClaimedRun run, BatchRunState state) {
    stores.runs().end(run, state, null);
    events.on(
        state == BatchRunState.COMPLETED
            ? new BatchEvent.RunCompleted(run.id(), run.job())
            : new BatchEvent.RunStopped(run.id(), run.job()));
  }

  private void fail(ClaimedRun run, Exception failure) {
    try {
      switch (restarts.decide(failure, run.begun())) {
        case RestartPolicy.Decision.Again(var after) -> {
          String reason = FailureText.of(failure);
          stores.runs().again(run, after, reason);
          events.on(new BatchEvent.RunBeginsAgain(run.id(), run.job(), reason, after));
        }
        case RestartPolicy.Decision.GiveUp(String reason) -> {
          stores.runs().end(run, BatchRunState.FAILED, reason);
          events.on(new BatchEvent.RunFailed(run.id(), run.job(), reason));
        }
      }
    } catch (LeaseLostException _) {
      events.on(new BatchEvent.RunLeft(run.id(), run.job()));
    } catch (RuntimeException e) { // the database is away: whoever finds the lease ended goes on
      events.on(new BatchEvent.Hindered(FailureText.of(e)));
    }
  }

  private void leave(ClaimedRun run) {
    try {
      stores.leases().leave(run, closing);
    } catch (RuntimeException e) { // its lease ends by itself
      events.on(new BatchEvent.Hindered(FailureText.of(e)));
    }
    events.on(new BatchEvent.RunLeft(run.id(), run.job()));
  }

  /** Leaves all runs to other schedulers. */
  void close() {
    closing = true;
    watches.values().forEach(RunWatch::end);
  }
}
