package io.millrace.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the dispatcher looks at when very many jobs wait: a few rows by an index, never the table.
 */
class BacklogIT {

  private static final int WAITING = 200_000;
  private static final JobType TYPE = new JobType("test.job");

  @AutoClose private final MigratedDatabase database = MigratedDatabase.onOneConnection();
  private final JdbcClient jdbc = database.jdbc();
  private final DueStore due = new JdbcDueStore(jdbc);

  @BeforeEach
  void fill() {
    jdbc.sql("SET plan_cache_mode = force_custom_plan").update();
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, wait_reason, due_at, attempt,
              concurrency_key, deadline, created_at)
            SELECT gen_random_uuid(), 'tenant-' || i % 100, 'test.job', 'm-' || i, 'NORMAL', '{}', gen_random_uuid(),
              'WAITING', CASE WHEN i % 10 = 0 THEN 'CONCURRENCY' ELSE 'RETRY' END,
              now() + (i - :past) * interval '1 ms', 1, 'key-' || i % 1000, now() + interval '1 day', now()
            FROM generate_series(1, :count) AS i
            """)
        .param("count", WAITING)
        .param("past", WAITING / 2)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
  }

  @Test
  void isLookedAtByAFewRows() {
    Instant now = Instant.now();
    JobReads before = JobReads.untilNow(jdbc);

    assertThat(due.next()).isPresent();
    assertThat(due.waitingTypes()).containsExactly(TYPE);
    List<String> tenants = due.tenantsWithDue(TYPE, "", now, 500);
    assertThat(tenants).hasSize(90);
    assertThat(due.lockDue(TYPE, tenants, 5, now)).hasSize(450);
    assertThat(due.typesInTurn()).containsExactly(TYPE);
    List<String> keys = due.keysInTurn(TYPE, "", 50);
    assertThat(due.lockNextInTurn(TYPE, keys, 2)).hasSize(100);
    assertThat(due.lockLate(now, 500)).isEmpty();
    assertThat(due.lockOrphans(now, 500)).isEmpty();
    assertThat(due.lockUnannounced(500)).isEmpty();
    assertThat(due.queued()).isEmpty();
    assertThat(due.lockQueuedBefore(TYPE, now, 500)).isEmpty();

    before.assertFewSince(jdbc, 5_000);
  }
}
