package io.millrace.bench;

import io.millrace.client.contract.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of many jobs, a month of them, as an engine leaves it that has been at work for long: 90
 * of 100 have succeeded, 6 failed for one of 300 reasons, 3 wait to be tried again, one was
 * cancelled. They are of 50 tenants and 20 types. Which one is what follows from its number.
 */
record ManyJobs(int count) {

  static final int TENANTS = 50;
  static final int TYPES = 20;
  static final int GROUPS = 300;

  private static final String FILL_GROUPS =
      """
      INSERT INTO failure_group (id, type, kind, message, frames, first_seen)
      SELECT g, 'bench.type-' || g % :types, 'java.lang.IllegalStateException', 'reason ' || g || ' of many', '', clock_timestamp()
      FROM generate_series(0, :groups - 1) AS g
      """;

  private static final String FILL =
      """
      INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, wait_reason, due_at, attempt, result,
        failure_class, failure_message, failure_group, subject, created_at, started_at, finished_at)
      SELECT job_id(tenant, message_id), tenant, type, message_id, 'NORMAL', payload, job_fingerprint(type, payload), state,
        CASE WHEN state = 'WAITING' THEN 'RETRY' END, CASE WHEN state = 'WAITING' THEN at + interval '400 d' END, 1,
        CASE WHEN state = 'SUCCEEDED' THEN '{}'::bytea END,
        CASE WHEN state = 'FAILED' THEN 'java.lang.IllegalStateException' END,
        CASE WHEN state = 'FAILED' THEN 'reason ' || n % :groups || ' of many' END,
        CASE WHEN state = 'FAILED' THEN n % :groups END,
        'person-' || n % 10000, at, at, CASE WHEN state <> 'WAITING' THEN at + interval '1 s' END
      FROM (
        SELECT n, 'tenant-' || n % :tenants AS tenant, 'bench.type-' || n % :types AS type, 'm-' || n AS message_id,
          convert_to('{"number":' || n || ',"padding":"' || repeat('x', 250) || '"}', 'UTF8') AS payload,
          CASE WHEN n / 50 % 100 < 90 THEN 'SUCCEEDED' WHEN n / 50 % 100 < 96 THEN 'FAILED'
            WHEN n / 50 % 100 < 99 THEN 'WAITING' ELSE 'CANCELLED' END AS state,
          date_trunc('second', now()) - interval '30 d' * (:count - n) / :count AS at
        FROM generate_series(0, :count - 1) AS n) AS made
      """;

  /** Fills an empty table. */
  void fill(JdbcClient jdbc) {
    jdbc.sql(FILL_GROUPS).param("types", TYPES).param("groups", GROUPS).update();
    jdbc.sql(FILL)
        .param("count", count)
        .param("tenants", TENANTS)
        .param("types", TYPES)
        .param("groups", GROUPS)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
    jdbc.sql("CHECKPOINT").update(); // else what was filled in is still being written for minutes
  }

  static String tenant(int number) {
    return "tenant-" + number % TENANTS;
  }

  static String type(int number) {
    return "bench.type-" + number % TYPES;
  }

  static String messageId(int number) {
    return "m-" + number;
  }

  static JobId id(int number) {
    return JobId.of(tenant(number), messageId(number));
  }

  /** The {@code n}th of those that have failed, the newest first. */
  int failed(int n) {
    return nth(n, 90, 96);
  }

  /** The {@code n}th of those that wait, the newest first. */
  int waiting(int n) {
    return nth(n, 96, 99);
  }

  private int nth(int n, int from, int to) {
    int perCycle = (to - from) * 50;
    int cycle = count / 5_000 - 1 - n / perCycle;
    return cycle * 5_000 + from * 50 + n % perCycle;
  }
}
