package io.millrace.scheduler.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts jobs that have ended into a database. */
final class EndedJobFixture {

  private final JdbcClient jdbc;
  private int count;

  EndedJobFixture(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void succeeded(String tenant, String type, Instant end, Duration run, Duration total) {
    insert(tenant, type, "SUCCEEDED", 0, end, run, total);
  }

  void succeededAfter(int failures, String tenant, String type, Instant end) {
    insert(tenant, type, "SUCCEEDED", failures, end, Duration.ofSeconds(1), Duration.ofSeconds(9));
  }

  void failedAfter(int failures, String tenant, String type, Instant end) {
    insert(tenant, type, "FAILED", failures, end, Duration.ofSeconds(2), Duration.ofSeconds(9));
  }

  void cancelled(String tenant, String type, Instant end) {
    insert(tenant, type, "CANCELLED", 0, end, Duration.ofDays(3), Duration.ofDays(4));
  }

  void expired(String tenant, String type, Instant end) {
    insert(tenant, type, "EXPIRED", 0, end, Duration.ofDays(3), Duration.ofDays(4));
  }

  private void insert(
      String tenant,
      String type,
      String state,
      int failures,
      Instant end,
      Duration run,
      Duration total) {
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, attempt, failures, first_failure_at,
              result, failure_class, failure_message, created_at, started_at, finished_at)
            VALUES (gen_random_uuid(), :tenant, :type, :messageId, 'NORMAL', '{}', gen_random_uuid(), :state, 7, :failures,
              CASE WHEN :failures > 0 THEN :created::timestamptz END, CASE WHEN :state = 'SUCCEEDED' THEN '{}'::bytea END,
              CASE WHEN :state = 'FAILED' THEN 'Broken' END, CASE WHEN :state = 'FAILED' THEN 'broken' END, :created, :started, :end)
            """)
        .param("tenant", tenant)
        .param("type", type)
        .param("messageId", "m-" + ++count)
        .param("state", state)
        .param("failures", failures)
        .param("created", end.minus(total).atOffset(ZoneOffset.UTC))
        .param("started", end.minus(run).atOffset(ZoneOffset.UTC))
        .param("end", end.atOffset(ZoneOffset.UTC))
        .update();
  }
}
