package io.millrace.client;

import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job that is being put together, whichever way it will go; message id and payload are required.
 * For one thread.
 *
 * @param <D> the draft itself, which ends in the way of its own
 */
public abstract sealed class JobDraft<D extends JobDraft<D>> permits PublisherDraft, OutboxDraft {

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

  JobDraft(JsonMapper json, JobType type) {
    this.json = json;
    this.type = type;
  }

  /**
   * The idempotency key: of all messages of a tenant with the same id, one runs. Derive it from
   * what the job is about, and keep it when publishing again.
   */
  public D messageId(String id) {
    messageId = id;
    return self();
  }

  /** The input, as a record or anything else that the mapper turns into JSON. */
  public D payload(Object input) {
    payload = json.writeValueAsBytes(input);
    return self();
  }

  /**
   * The input, JSON in UTF-8; not copied, so leave it unchanged until the job is confirmed or
   * enqueued.
   */
  public D payload(byte[] inputJson) {
    payload = inputJson;
    return self();
  }

  /**
   * Who the job belongs to. A published message needs it only where the broker's user may speak for
   * several tenants.
   */
  public D tenant(@Nullable String owner) {
    tenant = owner;
    return self();
  }

  /** Which of the type's queues the job takes. */
  public D lane(Lane choice) {
    lane = choice;
    return self();
  }

  /** When the job may start at the earliest. */
  public D notBefore(@Nullable Instant earliest) {
    notBefore = earliest;
    return self();
  }

  /** After what time the job is not started any more. */
  public D deadline(@Nullable Instant latest) {
    deadline = latest;
    return self();
  }

  /** While a job of this tenant, type and key is unfinished, another is cancelled. */
  public D uniqueKey(@Nullable String key) {
    uniqueKey = key;
    return self();
  }

  /** At most a configured number of jobs of the type with this key run at a time. */
  public D concurrencyKey(@Nullable String key) {
    concurrencyKey = key;
    return self();
  }

  /** The person the payload is about: erasure and export go by it. */
  public D subject(@Nullable String person) {
    subject = person;
    return self();
  }

  /** A queue that gets the outcome as well, one that the engine's configuration permits. */
  public D replyTo(@Nullable String queue) {
    replyTo = queue;
    return self();
  }

  /** Given back with the outcome. */
  public D correlationId(@Nullable String id) {
    correlationId = id;
    return self();
  }

  /** The W3C Trace Context that the job's first run belongs to. */
  public D traceparent(@Nullable String parent) {
    traceparent = parent;
    return self();
  }

  /** This, as what it is. */
  abstract D self();

  /**
   * The job as it stands.
   *
   * @throws IllegalStateException if message id or payload are missing
   * @throws IllegalArgumentException if a value breaks the contract
   */
  final JobMessage message() {
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
    return new JobMessage(type, messageId, tenant, payload, options);
  }
}
