package io.millrace.scheduler.retention;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs of a database, enqueued as others do it, and ended by hand. */
final class EnqueuedJobs {

  private final JdbcClient jdbc;

  EnqueuedJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Enqueues a job with all that a message may say.
   *
   * @return whether it is new
   */
  boolean enqueue(String type, String tenant, String messageId, String payload) {
    return jdbc.sql(
            """
            SELECT enqueue_job(tenant => :tenant, type => :type, message_id => :messageId, payload => convert_to(:payload, 'UTF8'),
              unique_key => :messageId, concurrency_key => 'Mrs Miller', subject => 'Mrs Miller', source => '/crm',
              reply_to => 'millrace.reply.crm', correlation_id => 'c-1')
            """)
        .param("tenant", tenant)
        .param("type", type)
        .param("messageId", messageId)
        .param("payload", payload)
        .query(Boolean.class)
        .single();
  }

  /** A job that succeeded. */
  JobId succeeded(String type, String tenant, String messageId, Instant end) {
    enqueue(type, tenant, messageId, "{\"a\":1}");
    JobId id = JobId.of(tenant, messageId);
    jdbc.sql(
            """
            UPDATE job SET state = 'SUCCEEDED', wait_reason = NULL, due_at = NULL, result = '{}', created_at = :end, started_at = :end,
              finished_at = :end
            WHERE id = :id
            """)
        .param("id", id.value())
        .param("end", end.atOffset(ZoneOffset.UTC))
        .update();
    return id;
  }

  /** A job that failed in its first attempt. */
  JobId failed(String type, String tenant, String messageId, Instant end) {
    JobId id = succeeded(type, tenant, messageId, end);
    jdbc.sql(
            """
            UPDATE job SET state = 'FAILED', result = NULL, failure_class = 'Broken', failure_message = 'Mrs Miller is unknown',
              failures = 1, first_failure_at = finished_at
            WHERE id = :id
            """)
        .param("id", id.value())
        .update();
    jdbc.sql(
            """
            INSERT INTO job_attempt (job_id, attempt, worker, started_at, failed_at, failure_class, failure_message)
            SELECT id, 1, gen_random_uuid(), started_at, finished_at, failure_class, failure_message FROM job WHERE id = :id
            """)
        .param("id", id.value())
        .update();
    return id;
  }
}
