package io.millrace.worker.signal;

import java.util.List;

/** Where the engine says what happens, to all who listen. Safe for use by many threads. */
public final class WorkerEvents {

  private final List<WorkerEventListener> listeners;

  public WorkerEvents(List<WorkerEventListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Tells every listener. */
  public void emit(WorkerEvent event) {
    for (WorkerEventListener listener : listeners) {
      listener.on(event);
    }
  }
}
