package io.millrace.worker.pipeline;

import io.millrace.client.contract.JobId;
import io.millrace.core.store.Notifications;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Hears that jobs were cancelled. One that is missed, while the database is away, runs to its end,
 * which is refused.
 */
final class CancellationListener implements SmartLifecycle {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final DataSource source;
  private final Consumer<JobId> cancelled;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  CancellationListener(DataSource source, Consumer<JobId> cancelled) {
    this.source = source;
    this.cancelled = cancelled;
  }

  @Override
  public synchronized void start() {
    stopping = false;
    thread = Thread.ofPlatform().name("millrace-cancellations").daemon().start(this::listen);
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    Thread running = thread;
    thread = null;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void listen() {
    try (Notifications notifications = new Notifications(source, Notifications.CANCELLED)) {
      while (!stopping) {
        for (String id : notifications.await(PATIENCE)) {
          cancelled.accept(new JobId(UUID.fromString(id)));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
