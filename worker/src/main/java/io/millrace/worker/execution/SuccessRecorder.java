package io.millrace.worker.execution;

/** Records, in the transaction at hand, that a job has succeeded. */
@FunctionalInterface
public interface SuccessRecorder {

  /**
   * Records it, if the lease is still ours.
   *
   * @return whether it was
   * @throws org.springframework.dao.DataAccessException if the database refuses or does not answer
   */
  boolean record(FinishedJob succeeded);
}
