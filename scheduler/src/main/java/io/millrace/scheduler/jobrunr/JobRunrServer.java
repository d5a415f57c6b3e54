package io.millrace.scheduler.jobrunr;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;

/** JobRunr's own server. */
final class JobRunrServer implements JobServer {

  /** What shows a run is interrupted, and another scheduler shows it. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final UUID id = UUID.randomUUID();
  private final StorageProvider storage;
  private final BackgroundJobServer server;

  JobRunrServer(
      StorageProvider storage,
      JsonMapper json,
      JobActivator handlers,
      JobRunrProperties properties) {
    this.storage = storage;
    this.server =
        new BackgroundJobServer(
            storage,
            json,
            handlers,
            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andId(id)
                .andPollInterval(properties.poll())
                .andWorkerCount(properties.workers())
                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(GRACE));
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public Optional<Instant> heartbeat() {
    return storage.getBackgroundJobServers().stream()
        .filter(each -> each.getId().equals(id))
        .map(BackgroundJobServerStatus::getLastHeartbeat)
        .findFirst();
  }
}
