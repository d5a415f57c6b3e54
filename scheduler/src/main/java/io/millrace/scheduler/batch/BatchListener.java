package io.millrace.scheduler.batch;

/** Takes note of what happens. It is called by many threads, and must not block. */
@FunctionalInterface
public interface BatchListener {

  void on(BatchEvent event);
}
