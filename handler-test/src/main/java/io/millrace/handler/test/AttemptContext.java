package io.millrace.handler.test;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.handler.CallContext;
import io.millrace.handler.Progress;
import io.millrace.handler.http.HttpClient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;

/** The job of a test, as its handler sees it. */
record AttemptContext(
    JobMessage message,
    String tenant,
    int attempt,
    boolean isCancelled,
    Logger log,
    HttpClient http)
    implements CallContext {

  @Override
  public UUID jobId() {
    return id().value();
  }

  @Override
  public String type() {
    return message.type().name();
  }

  @Override
  public String messageId() {
    return message.messageId();
  }

  @Override
  public Instant createdAt() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(message.options().deadline());
  }

  @Override
  public String idempotencyKey() {
    return id().toString();
  }

  @Override
  public void report(Progress progress) {
    log.debug("progress {}: {}", progress.done(), progress.note());
  }

  private JobId id() {
    return JobId.of(tenant, messageId());
  }
}
