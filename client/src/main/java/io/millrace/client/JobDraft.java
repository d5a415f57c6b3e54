package io.millrace.client;

import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A job that is being put together; message id and payload are required. For one thread. */
public final class JobDraft {

  private final JobPublisher publisher;
  private final JsonMapper json;
  private final JobType type;
  private @Nullable String messageId;
  private byte @Nullable [] payload;
  private @Nullable String tenant;
  private Lane lane = Lane.NORMAL;
  private @Nullable Instant notBefore;
  private @Nullable Instant deadline;
  private @Nullable String uniqueKey;
  private @Nullable String concurrencyKey;
  private @Nullable String subject;
  private @Nullable String replyTo;
  private @Nullable String correlationId;
  private @Nullable String traceparent;

  JobDraft(JobPublisher publisher, JsonMapper json, JobType type) {
    this.publisher = publisher;
    this.json = json;
    this.type = type;
  }

  /**
   * The idempotency key: of all messages of a tenant with the same id, one runs. Derive it from
   * what the job is about, and keep it when publishing again.
   */
  public JobDraft messageId(String id) {
    messageId = id;
    return this;
  }

  /** The input, as a record or anything else that the publisher's mapper turns into JSON. */
  public JobDraft payload(Object input) {
    payload = json.writeValueAsBytes(input);
    return this;
  }

  /** The input, JSON in UTF-8; not copied, so leave it unchanged until the future completes. */
  public JobDraft payload(byte[] inputJson) {
    payload = inputJson;
    return this;
  }

  /** Who the job belongs to, where the broker's user may speak for several tenants. */
  public JobDraft tenant(@Nullable String owner) {
    tenant = owner;
    return this;
  }

  /** Which of the type's queues the job takes. */
  public JobDraft lane(Lane choice) {
    lane = choice;
    return this;
  }

  /** When the job may start at the earliest. */
  public JobDraft notBefore(@Nullable Instant earliest) {
    notBefore = earliest;
    return this;
  }

  /** After what time the job is not started any more. */
  public JobDraft deadline(@Nullable Instant latest) {
    deadline = latest;
    return this;
  }

  /** While a job of this tenant, type and key is unfinished, another is cancelled. */
  public JobDraft uniqueKey(@Nullable String key) {
    uniqueKey = key;
    return this;
  }

  /** At most a configured number of jobs of the type with this key run at a time. */
  public JobDraft concurrencyKey(@Nullable String key) {
    concurrencyKey = key;
    return this;
  }

  /** The person the payload is about: erasure and export go by it. */
  public JobDraft subject(@Nullable String person) {
    subject = person;
    return this;
  }

  /** A queue that gets the outcome as well, one that the engine's configuration permits. */
  public JobDraft replyTo(@Nullable String queue) {
    replyTo = queue;
    return this;
  }

  /** Given back with the outcome. */
  public JobDraft correlationId(@Nullable String id) {
    correlationId = id;
    return this;
  }

  /** The W3C Trace Context that the job's first run belongs to. */
  public JobDraft traceparent(@Nullable String parent) {
    traceparent = parent;
    return this;
  }

  /**
   * Publishes the job as {@link JobPublisher#publish} does.
   *
   * @throws IllegalStateException if message id or payload are missing
   * @throws IllegalArgumentException if a value breaks the contract
   */
  public CompletableFuture<PublishedJob> publish() {
    if (messageId == null || payload == null) {
      throw new IllegalStateException(
          "a job of type '%s' needs a message id and a payload".formatted(type));
    }
    JobOptions options =
        new JobOptions(
            lane,
            notBefore,
            deadline,
            uniqueKey,
            concurrencyKey,
            subject,
            replyTo,
            correlationId,
            traceparent,
            null);
    return publisher.publish(new JobMessage(type, messageId, tenant, payload, options));
  }
}
