package io.millrace.scheduler.dispatch;

/** Takes in what happens in a dispatcher. Called on its thread: be quick, and do not throw. */
@FunctionalInterface
public interface DispatchListener {

  void on(DispatchEvent event);
}
