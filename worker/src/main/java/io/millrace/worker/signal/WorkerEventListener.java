package io.millrace.worker.signal;

/**
 * Takes in what happens in a worker. Called on the engine's own threads: be quick, and do not
 * throw.
 */
@FunctionalInterface
public interface WorkerEventListener {

  void on(WorkerEvent event);
}
