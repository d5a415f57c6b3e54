package io.millrace.worker.mail;

import io.millrace.handler.CallContext;
import io.millrace.handler.Progress;
import io.millrace.handler.http.HttpClient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** An attempt at the job with this id. */
record FixedContext(UUID jobId, int attempt) implements CallContext {

  @Override
  public String type() {
    return "mail.send";
  }

  @Override
  public String tenant() {
    return "default";
  }

  @Override
  public String messageId() {
    return "message-1";
  }

  @Override
  public Instant createdAt() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  public String idempotencyKey() {
    return jobId.toString();
  }

  @Override
  public Logger log() {
    return NOPLogger.NOP_LOGGER;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void report(Progress progress) {}

  @Override
  public HttpClient http() {
    throw new UnsupportedOperationException("mail does not go out by HTTP");
  }
}
