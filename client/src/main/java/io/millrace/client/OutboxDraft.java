package io.millrace.client;

import io.millrace.client.contract.JobType;
import java.sql.Connection;
import java.sql.SQLException;
import tools.jackson.databind.json.JsonMapper;

/** A job that is to be enqueued; besides message id and payload it needs a tenant. */
public final class OutboxDraft extends JobDraft<OutboxDraft> {

  private final JobOutbox outbox;

  OutboxDraft(JobOutbox outbox, JsonMapper json, JobType type) {
    super(json, type);
    this.outbox = outbox;
  }

  /**
   * Enqueues the job as {@link JobOutbox#enqueue} does.
   *
   * @throws IllegalStateException if message id or payload are missing, or {@code connection} is in
   *     auto-commit mode
   * @throws IllegalArgumentException if a value breaks the contract, or there is no tenant
   */
  public EnqueuedJob enqueue(Connection connection) throws SQLException {
    return outbox.enqueue(connection, message());
  }

  @Override
  OutboxDraft self() {
    return this;
  }
}
