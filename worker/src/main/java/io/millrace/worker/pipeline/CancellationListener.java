package io.millrace.worker.pipeline;

import io.millrace.client.contract.JobId;
import io.millrace.core.BackgroundWork;
import io.millrace.core.store.Notifications;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Hears that jobs were cancelled. One that is missed, while the database is away, runs to its end,
 * which is refused.
 */
final class CancellationListener extends BackgroundWork {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final DataSource source;
  private final Consumer<JobId> cancelled;

  CancellationListener(DataSource source, Consumer<JobId> cancelled) {
    super("millrace-cancellations");
    this.source = source;
    this.cancelled = cancelled;
  }

  @Override
  protected void work() throws InterruptedException {
    try (Notifications notifications = new Notifications(source, Notifications.CANCELLED)) {
      while (!isStopping()) {
        for (String id : notifications.await(PATIENCE)) {
          cancelled.accept(new JobId(UUID.fromString(id)));
        }
      }
    }
  }
}
