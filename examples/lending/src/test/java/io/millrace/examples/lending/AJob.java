package io.millrace.examples.lending;

import io.millrace.handler.JobContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The first attempt of a job that needs nothing. */
public record AJob(String type) implements JobContext {

  @Override
  public UUID jobId() {
    return new UUID(0x8000, 0x8000);
  }

  @Override
  public String tenant() {
    return "bank";
  }

  @Override
  public String messageId() {
    return "loan-1-000001";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  public String idempotencyKey() {
    return "bank/loan-1-000001";
  }

  @Override
  public Logger log() {
    return NOPLogger.NOP_LOGGER;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }
}
