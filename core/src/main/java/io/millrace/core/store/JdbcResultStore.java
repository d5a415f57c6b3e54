package io.millrace.core.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The results in PostgreSQL. A look reads the pages of its slice, however large the table is. */
public final class JdbcResultStore implements ResultStore {

  // Locks the one row that stands for all of it.
  private static final String CLAIM =
      "SELECT type FROM result_watermark WHERE type = '*' FOR UPDATE SKIP LOCKED";

  // No lock of its own: after the claim nobody else writes here.
  private static final String READ = "SELECT type, dropped_until FROM result_watermark";

  private static final String FORGET = "DELETE FROM result_watermark WHERE type <> ALL (:type)";

  private static final String SAVE =
      """
      INSERT INTO result_watermark (type, dropped_until)
      SELECT u.type, from_micros(u.dropped_until) FROM unnest(:type::text[], :droppedUntil::bigint[]) AS u (type, dropped_until)
      ON CONFLICT (type) DO UPDATE SET dropped_until = excluded.dropped_until
      """;

  // For this transaction: the index is coarse, and by its estimates the planner may take the whole
  // table for cheaper.
  private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true)";

  // Locks what it drops, found through job_result and then by the primary key.
  private static final String DROP =
      """
      WITH seen AS MATERIALIZED (
        SELECT id, type FROM job
        WHERE result IS NOT NULL AND finished_at > :after AND finished_at <= :until
        LIMIT :mostSeen),
      due AS MATERIALIZED (
        SELECT id FROM seen WHERE (type = ANY (:type)) <> :allBut),
      locked AS MATERIALIZED (
        SELECT id FROM job
        WHERE id = ANY (ARRAY(SELECT id FROM due LIMIT :mostDropped))
          AND result IS NOT NULL AND finished_at <= :until AND NOT announce_due
        FOR UPDATE SKIP LOCKED),
      dropped AS (
        UPDATE job SET result = NULL, result_dropped_at = :now FROM locked WHERE job.id = locked.id
        RETURNING job.id)
      SELECT (SELECT count(*) FROM seen) AS seen, (SELECT count(*) FROM due) AS due, (SELECT count(*) FROM dropped) AS dropped
      """;

  private final JdbcClient jdbc;

  public JdbcResultStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Map<String, Instant>> claim() {
    if (jdbc.sql(CLAIM).query(JobRows::text).optional().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Instant> droppedUntil = new HashMap<>();
    jdbc.sql(READ)
        .query(
            row -> {
              droppedUntil.put(
                  row.getString("type"),
                  row.getObject("dropped_until", OffsetDateTime.class).toInstant());
            });
    return Optional.of(droppedUntil);
  }

  @Override
  public void save(Map<String, Instant> droppedUntil) {
    List<Map.Entry<String, Instant>> rows = List.copyOf(droppedUntil.entrySet());
    String[] types = rows.stream().map(Map.Entry::getKey).toArray(String[]::new);
    jdbc.sql(FORGET).param("type", types).update();
    jdbc.sql(SAVE)
        .param("type", types)
        .param("droppedUntil", Columns.micros(rows, Map.Entry::getValue))
        .update();
  }

  @Override
  public Dropped drop(Slice slice, Most most, Instant now) {
    jdbc.sql(BY_INDEX).query(JobRows::text).single();
    return jdbc.sql(DROP)
        .param("after", at(slice.after()))
        .param("until", at(slice.until()))
        .param("type", slice.types().toArray(String[]::new))
        .param("allBut", slice.allBut())
        .param("mostSeen", most.seen())
        .param("mostDropped", most.dropped())
        .param("now", at(now))
        .query(
            (row, _) -> new Dropped(row.getInt("seen"), row.getInt("due"), row.getInt("dropped")))
        .single();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
