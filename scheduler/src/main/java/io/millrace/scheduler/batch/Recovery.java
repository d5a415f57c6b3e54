package io.millrace.scheduler.batch;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Ends what died with its scheduler, so that it can be begun again. Spring Batch cannot tell the
 * dead from the living; whoever has claimed the run can: nobody else commits anything for it any
 * more, so what is committed is the truth, also where Spring Batch says that it does not know.
 */
final class Recovery {

  private final JobRepository repository;
  private final JobOperator operator;

  Recovery(JobRepository repository, JobOperator operator) {
    this.repository = repository;
    this.operator = operator;
  }

  /** Ends all executions of an instance that have not. */
  void recover(String job, JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(job, parameters);
    if (instance != null) {
      repository.getJobExecutions(instance).forEach(this::recover);
    }
  }

  private void recover(JobExecution execution) {
    for (StepExecution step : execution.getStepExecutions()) {
      if (step.getStatus() == BatchStatus.UNKNOWN) {
        step.setStatus(BatchStatus.FAILED);
        repository.update(step);
      }
    }
    if (execution.getStatus() == BatchStatus.UNKNOWN) {
      execution.setStatus(BatchStatus.FAILED);
      repository.update(execution);
    }
    if (execution.isRunning() || hasRunningSteps(execution)) {
      operator.recover(execution);
    }
  }

  private static boolean hasRunningSteps(JobExecution execution) {
    return execution.getStepExecutions().stream().anyMatch(step -> step.getStatus().isRunning());
  }
}
