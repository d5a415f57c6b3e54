package io.millrace.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.millrace.client.contract.EncodedMessage;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageWriter;
import io.millrace.client.contract.JobType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes jobs, and tells of each whether the broker has it.
 *
 * <p>A message is published at least once: persistent, with a confirmation, and again after every
 * loss of the connection until it is confirmed or its time is over. The engine runs it once,
 * because its message id stays the same.
 *
 * <p>{@link #publish} throws if the message was not accepted. Once it was, all that befalls it
 * comes by its future, as a {@link PublishException} if it is bad.
 *
 * <p>The publisher declares nothing: exchanges and queues are the workers' own. Thread-safe; one is
 * enough for an application. {@link #close} it, or the last messages may be lost.
 */
public final class JobPublisher implements AutoCloseable {

  private static final long TICK_MILLIS = 50;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  private final JobMessageWriter writer = new JobMessageWriter();
  private final SendQueue queue = new SendQueue();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ExecutorService completions = Executors.newVirtualThreadPerTaskExecutor();
  private final PublisherSettings settings;
  private final JsonMapper json;
  private final InFlight inFlight;
  private final Sender sender;
  private final Thread sending;
  private final ScheduledExecutorService clock;

  JobPublisher(Broker broker, PublisherSettings settings, JsonMapper json) {
    this.settings = settings;
    this.json = json;
    this.inFlight = new InFlight(settings.maxInFlight(), completions);
    this.sender = new Sender(broker, queue, inFlight);
    this.sending = Thread.ofPlatform().daemon().name(settings.name()).unstarted(sender);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(settings.name() + "-clock").factory());
  }

  /**
   * A publisher with the usual settings for the broker at {@code uri}, such as {@code
   * amqps://user:password@host/vhost}. It does not wait for the broker to be there.
   *
   * @throws IllegalArgumentException if {@code uri} is no AMQP URI
   */
  public static JobPublisher connect(String uri) {
    return builder().uri(uri).connect();
  }

  public static JobPublisherBuilder builder() {
    return new JobPublisherBuilder();
  }

  JobPublisher start() {
    sending.start();
    clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, MILLISECONDS);
    return this;
  }

  private void tick() {
    long now = System.nanoTime();
    sender.settleRefusals(now);
    inFlight.expire(now, sender.situation());
  }

  /**
   * Begins a job of {@code type}; {@link PublisherDraft#publish} ends it.
   *
   * @throws IllegalArgumentException if {@code type} is not of the form of a job type
   */
  public PublisherDraft job(String type) {
    return new PublisherDraft(this, json, new JobType(type));
  }

  /**
   * Publishes {@code message}. Waits for its turn if too many are unconfirmed.
   *
   * @return completes once the broker has stored it, on a thread of its own
   * @throws PublishException if there was no turn in time, the publisher is closed, or the thread
   *     was interrupted; then the message was not accepted
   * @throws IllegalArgumentException if the message does not fit into AMQP
   */
  public CompletableFuture<PublishedJob> publish(JobMessage message) {
    JobMessage complete = withTenant(message);
    EncodedMessage encoded = writer.write(complete);
    String tenant = complete.tenant();
    PublishedJob job =
        new PublishedJob(
            complete.type(),
            complete.messageId(),
            tenant == null ? null : JobId.of(tenant, complete.messageId()));
    takePlace(job);
    PendingMessage pending =
        new PendingMessage(encoded, job, System.nanoTime() + settings.confirmTimeout().toNanos());
    inFlight.add(pending);
    queue.add(pending);
    return pending.future();
  }

  /** How many messages wait for their confirmation. */
  public int inFlight() {
    return inFlight.count();
  }

  /** Whether there is a connection at the moment; messages are accepted without one, too. */
  public boolean isConnected() {
    return sender.isConnected();
  }

  /**
   * Waits for the confirmations that are outstanding, within bounds, and disconnects. Futures that
   * are left fail.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = false;
    boolean empty = false;
    try {
      empty = inFlight.awaitEmpty(settings.closeTimeout());
    } catch (InterruptedException _) {
      interrupted = true;
    }
    sender.stop();
    inFlight.abandon();
    if (empty) {
      inFlight.giveBackAll(); // those who wait for a place are to see that it is closed
    }
    try {
      sending.join(STOP_TIMEOUT);
    } catch (InterruptedException _) {
      interrupted = true;
    }
    clock.shutdownNow();
    completions.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void takePlace(PublishedJob job) {
    refuseIfClosed(job);
    try {
      if (!inFlight.takePlace(settings.maxWait())) {
        throw notAccepted(
            PublishException.Reason.OVERLOADED,
            job,
            "%d messages are unconfirmed, and none was confirmed within %s; %s"
                .formatted(settings.maxInFlight(), settings.maxWait(), sender.situation()),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notAccepted(
          PublishException.Reason.INTERRUPTED, job, "interrupted while waiting for its turn", e);
    }
    if (closed.get()) {
      inFlight.giveBack();
    }
    refuseIfClosed(job);
  }

  private void refuseIfClosed(PublishedJob job) {
    if (closed.get()) {
      throw notAccepted(PublishException.Reason.CLOSED, job, "the publisher is closed", null);
    }
  }

  private static PublishException notAccepted(
      PublishException.Reason reason,
      PublishedJob job,
      String explanation,
      @Nullable Throwable cause) {
    return new PublishException(
        reason,
        job.messageId(),
        false,
        "message '%s' of type '%s' was not accepted: %s"
            .formatted(job.messageId(), job.type(), explanation),
        cause);
  }

  private JobMessage withTenant(JobMessage message) {
    return message.tenant() != null || settings.tenant() == null
        ? message
        : new JobMessage(
            message.type(),
            message.messageId(),
            settings.tenant(),
            message.payload(),
            message.options());
  }
}
