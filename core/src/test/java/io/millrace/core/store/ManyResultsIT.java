package io.millrace.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.core.store.ResultStore.Most;
import io.millrace.core.store.ResultStore.Slice;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a look for old results reads when there are very many: the pages of its time, never the
 * table.
 */
class ManyResultsIT {

  private static final int JOBS = 200_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  /** What three entries of the index are about. */
  private static final long FEW = 10_000;

  @AutoClose private final MigratedDatabase database = MigratedDatabase.onOneConnection();
  private final JdbcClient jdbc = database.jdbc();
  private final ResultStore results = new JdbcResultStore(jdbc);
  private final TransactionTemplate transaction = database.transaction();

  @BeforeEach
  void fill() {
    jdbc.sql("SET plan_cache_mode = force_custom_plan").update();
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, attempt, result, created_at, started_at,
              finished_at)
            SELECT gen_random_uuid(), 'acme', CASE WHEN i % 10 = 0 THEN 'test.rare' ELSE 'test.job' END, 'm-' || i, 'NORMAL', '{}',
              gen_random_uuid(), 'SUCCEEDED', 1, '{}', at, at, at
            FROM generate_series(1, :count) AS i, LATERAL (SELECT timestamptz '2026-01-01 00:00:00Z' + i * interval '10 s' AS at) AS ended
            """)
        .param("count", JOBS)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();
  }

  @Test
  void readsTheTimeInQuestion() {
    JobReads before = JobReads.untilNow(jdbc);

    assertThat(drop(slice(100_000, 100_500))).isEqualTo(new Dropped(500, 450, 450));

    before.assertFewSince(jdbc, FEW);
  }

  @Test
  void readsNoMoreThanABatchOfAnySlice() {
    JobReads before = JobReads.untilNow(jdbc);

    assertThat(drop(slice(0, JOBS))).isEqualTo(new Dropped(500, 450, 450));

    before.assertFewSince(jdbc, FEW);
  }

  @Test
  void doesNotReadAgainWhatWasDroppedAndWrittenAnewElsewhere() {
    for (int from = 0; from < 50_000; from += 400) {
      drop(slice(from, from + 400));
    }
    jdbc.sql("VACUUM ANALYZE job").update();
    JobReads before = JobReads.untilNow(jdbc);

    assertThat(drop(slice(50_000, 50_400))).isEqualTo(new Dropped(400, 360, 360));

    before.assertFewSince(jdbc, FEW);
  }

  private Dropped drop(Slice slice) {
    return transaction.execute(_ -> results.drop(slice, new Most(500, 500), FIRST));
  }

  /** The jobs behind the first number, up to the second, but for a type that is kept for longer. */
  private static Slice slice(int after, int until) {
    return new Slice(
        FIRST.plus(BETWEEN.multipliedBy(after)),
        FIRST.plus(BETWEEN.multipliedBy(until)),
        Set.of("test.rare"),
        true);
  }
}
