package io.millrace.client;

import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageWriter;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Enqueues jobs in a transaction of yours on the engine's database: a job is there if and only if
 * the transaction commits, together with what else you wrote. The engine starts it soon after.
 *
 * <pre>{@code
 * outbox.job("loan.amortize").tenant("acme").messageId("loan-1").payload(loan).enqueue(connection);
 * }</pre>
 *
 * <p>It sends one statement over your connection and never commits, rolls back or closes. The
 * connection's user needs {@code USAGE} on the engine's schema and {@code EXECUTE} on its function
 * {@code enqueue_job}, which migration V4 explains, and no right to the tables.
 *
 * <p>Thread-safe and immutable; one is enough for an application.
 */
public final class JobOutbox {

  /**
   * The SQLSTATE of the {@link SQLException} that says that the message id names an earlier job
   * with another type or payload.
   */
  public static final String MESSAGE_ID_REUSED = "MR001";

  // Locks the new row's primary key and its unique key until the transaction ends.
  private static final String ENQUEUE =
      """
      SELECT %senqueue_job(
        tenant => ?, type => ?, message_id => ?, payload => ?, lane => ?, due_at => ?, deadline => ?,
        unique_key => ?, concurrency_key => ?, subject => ?, reply_to => ?, correlation_id => ?,
        traceparent => ?, source => ?, id => ?, fingerprint => ?)
      """;

  private static final JobOutbox DEFAULT =
      new JobOutbox(
          JsonMapper.builder().build(),
          ENQUEUE.formatted(""),
          ContractNames.DEFAULT_MAX_BODY_BYTES);

  private final JsonMapper json;
  private final String statement;
  private final int maxPayloadBytes;

  private JobOutbox(JsonMapper json, String statement, int maxPayloadBytes) {
    this.json = json;
    this.statement = statement;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * One that turns payloads into JSON by a plain {@link JsonMapper}, allows them 1 MiB, and finds
   * the engine's function by the connection's search path.
   */
  public static JobOutbox create() {
    return DEFAULT;
  }

  /** The same, with payloads turned into JSON by {@code mapper}. */
  public JobOutbox withJsonMapper(JsonMapper mapper) {
    return new JobOutbox(mapper, statement, maxPayloadBytes);
  }

  /** The same, with the engine's function in {@code schema}, whatever the search path. */
  public JobOutbox withSchema(String schema) {
    String quoted = "\"%s\".".formatted(schema.replace("\"", "\"\""));
    return new JobOutbox(json, ENQUEUE.formatted(quoted), maxPayloadBytes);
  }

  /** The same, with payloads of at most {@code bytes}, as the workers are configured. */
  public JobOutbox withMaxPayloadBytes(int bytes) {
    return new JobOutbox(json, statement, bytes);
  }

  /**
   * Begins a job of {@code type}; {@link OutboxDraft#enqueue} ends it.
   *
   * @throws IllegalArgumentException if {@code type} is not of the form of a job type
   */
  public OutboxDraft job(String type) {
    return new OutboxDraft(this, json, new JobType(type));
  }

  /**
   * Enqueues {@code message} in the transaction that {@code connection} is in. Waits for another
   * transaction that has enqueued the same message id or unique key and has not ended.
   *
   * @return the job's id, and whether it is new
   * @throws SQLException if the database refuses, with {@link #MESSAGE_ID_REUSED} or another
   *     SQLSTATE; the transaction is then lost
   * @throws IllegalArgumentException if the message names no tenant, has too large a payload, or
   *     could not be published either
   * @throws IllegalStateException if {@code connection} is in auto-commit mode, and so in no
   *     transaction that the job could belong to
   */
  public EnqueuedJob enqueue(Connection connection, JobMessage message) throws SQLException {
    String tenant = checkedTenant(message);
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "job '%s' was not enqueued: the connection is in auto-commit mode. Begin the transaction that the job belongs to."
              .formatted(message.messageId()));
    }
    JobId id = JobId.of(tenant, message.messageId());
    try (PreparedStatement enqueue = connection.prepareStatement(statement)) {
      bind(enqueue, id, message);
      try (ResultSet answer = enqueue.executeQuery()) {
        answer.next();
        return new EnqueuedJob(id, answer.getBoolean(1));
      }
    }
  }

  private String checkedTenant(JobMessage message) {
    JobMessageWriter.check(message);
    if (message.payload().length > maxPayloadBytes) {
      throw new IllegalArgumentException(
          "the payload of job '%s' has %d bytes, %d are allowed. Send a reference to the data instead of the data."
              .formatted(message.messageId(), message.payload().length, maxPayloadBytes));
    }
    String tenant = message.tenant();
    if (tenant == null) {
      throw new IllegalArgumentException(
          "job '%s' names no tenant, and here is no broker whose user could stand for one"
              .formatted(message.messageId()));
    }
    return tenant;
  }

  private static void bind(PreparedStatement enqueue, JobId id, JobMessage message)
      throws SQLException {
    JobOptions options = message.options();
    enqueue.setString(1, message.tenant());
    enqueue.setString(2, message.type().name());
    enqueue.setString(3, message.messageId());
    enqueue.setBytes(4, message.payload());
    enqueue.setString(5, options.lane().name());
    enqueue.setObject(6, time(options.notBefore()), Types.TIMESTAMP_WITH_TIMEZONE);
    enqueue.setObject(7, time(options.deadline()), Types.TIMESTAMP_WITH_TIMEZONE);
    enqueue.setString(8, options.uniqueKey());
    enqueue.setString(9, options.concurrencyKey());
    enqueue.setString(10, options.subject());
    enqueue.setString(11, options.replyTo());
    enqueue.setString(12, options.correlationId());
    enqueue.setString(13, options.traceparent());
    enqueue.setString(14, options.source());
    enqueue.setObject(15, id.value());
    enqueue.setObject(16, Fingerprint.of(message.type(), message.payload()));
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
