package io.millrace.core.broker;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs everything on the thread that asks. A connection that calls its consumers so has handed over
 * a delivery before it reads the broker's next frame; so the answer to a request says that all
 * deliveries before it have been taken in. Consumers must not block.
 */
final class CallerRunsExecutor extends AbstractExecutorService {

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public void shutdown() {
    // There is nothing to shut down.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
