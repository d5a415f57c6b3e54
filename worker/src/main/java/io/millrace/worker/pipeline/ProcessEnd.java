package io.millrace.worker.pipeline;

/** Ends the process, so that whoever supervises it starts a fresh one. */
@FunctionalInterface
public interface ProcessEnd {

  /** Stops as at SIGTERM, with an exit status that says that it was not asked to. */
  ProcessEnd EXIT = status -> new Thread(() -> System.exit(status), "millrace-exit").start();

  /** The status of a process that ended itself since it could not do its work any more. */
  int EXHAUSTED = 70;

  /** Ends it; returns at once. */
  void end(int status);
}
