package io.millrace.client;

import com.rabbitmq.client.Return;
import io.millrace.client.contract.EncodedMessage;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message that its publisher has handed over and the broker has not yet answered for. */
final class PendingMessage {

  private final EncodedMessage message;
  private final PublishedJob job;
  private final long expiresAtNanos;
  private final CompletableFuture<PublishedJob> future = new CompletableFuture<>();
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile boolean sent;
  private volatile int channelErrors;

  /**
   * @param expiresAtNanos until when it may wait, on the scale of {@link System#nanoTime()}
   */
  PendingMessage(EncodedMessage message, PublishedJob job, long expiresAtNanos) {
    this.message = message;
    this.job = job;
    this.expiresAtNanos = expiresAtNanos;
  }

  EncodedMessage message() {
    return message;
  }

  PublishedJob job() {
    return job;
  }

  CompletableFuture<PublishedJob> future() {
    return future;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - expiresAtNanos >= 0;
  }

  /** True for the one caller that may tell the publisher how it ended. */
  boolean tryFinish() {
    return finished.compareAndSet(false, true);
  }

  boolean isFinished() {
    return finished.get();
  }

  void markSent() {
    sent = true;
  }

  boolean wasSent() {
    return sent;
  }

  /** Called by the sending thread alone. Returns how often it was in flight at a channel error. */
  int countChannelError() {
    int errors = channelErrors + 1;
    channelErrors = errors;
    return errors;
  }

  /** Whether {@code returned} is this message, or one that is equal to it in everything. */
  boolean isReturnedAs(Return returned) {
    return message.properties().getMessageId().equals(returned.getProperties().getMessageId())
        && message.exchange().equals(returned.getExchange())
        && message.routingKey().equals(returned.getRoutingKey())
        && Arrays.equals(message.body(), returned.getBody());
  }

  PublishException failure(
      PublishException.Reason reason, boolean maybePublished, String explanation) {
    return new PublishException(
        reason,
        job.messageId(),
        maybePublished,
        "message '%s' of type '%s': %s".formatted(job.messageId(), job.type(), explanation),
        null);
  }
}
