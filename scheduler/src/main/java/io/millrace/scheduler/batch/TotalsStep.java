package io.millrace.scheduler.batch;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/** The last step of each run: what was done is added up and compared. */
final class TotalsStep extends AbstractStep {

  /** No step of a job can be called so. */
  static final String NAME = "control totals";

  /** Throws if they do not match. */
  interface Check {

    void run() throws Exception;
  }

  private final Check check;

  TotalsStep(JobRepository repository, Check check) {
    super(repository);
    setName(NAME);
    setAllowStartIfComplete(true);
    this.check = check;
  }

  @Override
  protected void doExecute(StepExecution execution) throws Exception {
    check.run();
  }
}
