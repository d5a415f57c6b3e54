package io.millrace.worker.execution;

import io.millrace.handler.CallContext;
import io.millrace.handler.Progress;
import io.millrace.handler.http.HttpClient;
import io.millrace.worker.claim.ActiveJob;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The job at hand, as its handler sees it. Open on the thread that runs the handler, and while it
 * does.
 */
final class RunningJobContext implements CallContext, AutoCloseable {

  private static final String JOB = "job";

  private final ActiveJob job;
  private final HttpClients clients;
  private boolean logs;

  RunningJobContext(ActiveJob job, HttpClients clients) {
    this.job = job;
    this.clients = clients;
  }

  @Override
  public UUID jobId() {
    return job.id().value();
  }

  @Override
  public String type() {
    return job.order().type().name();
  }

  @Override
  public String tenant() {
    return job.order().tenant();
  }

  @Override
  public String messageId() {
    return job.order().messageId();
  }

  @Override
  public int attempt() {
    return job.token().attempt();
  }

  @Override
  public Instant createdAt() {
    return job.createdAt();
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(job.order().options().deadline());
  }

  @Override
  public String idempotencyKey() {
    return job.id().toString();
  }

  @Override
  public Logger log() {
    if (!logs) {
      logs = true;
      MDC.put(JOB, job.id().toString());
    }
    return LoggerFactory.getLogger("millrace.job." + type());
  }

  @Override
  public boolean isCancelled() {
    return job.isCancelled();
  }

  @Override
  public HttpClient http() {
    return clients.of(job);
  }

  @Override
  public void report(Progress progress) {
    job.report(progress);
  }

  @Override
  public void close() {
    if (logs) {
      MDC.remove(JOB);
    }
  }
}
