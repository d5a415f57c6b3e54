package io.millrace.worker.claim;

/** Runs the jobs that are claimed. Safe for use by many threads. */
public interface Runner {

  /** Runs the job as soon as it can. */
  void run(ActiveJob job);

  /** Whether nothing runs, nor waits to. */
  boolean isIdle();
}
