package io.millrace.scheduler.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The jobs that ended long ago, in PostgreSQL. It needs a transaction, which it never begins, and
 * waits for nobody in it. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class OldJobs {

  /** A job that has ended. */
  record Ended(UUID id, String type, String tenant, boolean isErased) {}

  /** The watermark that says until when jobs may be gone altogether. */
  static final String DELETED = "deleted";

  // For this transaction: the index is coarse, and by its estimates the planner may take the whole
  // table for cheaper.
  private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true)";

  // No lock: job_ended.
  private static final String ENDED =
      """
      SELECT id, type, tenant, erased_at IS NOT NULL AS erased FROM job
      WHERE finished_at > :after AND finished_at <= :until
      LIMIT :most
      """;

  // Locks what nobody else has locked: jobs by the primary key, and the replays that had another
  // payload for one of them by replay_payload. What was replayed meanwhile has no end.
  private static final String ERASE =
      """
      WITH locked AS MATERIALIZED (
        SELECT id FROM job
        WHERE id = ANY (:ids::uuid[]) AND finished_at <= :until AND erased_at IS NULL AND NOT announce_due
        FOR UPDATE SKIP LOCKED),
      attempts AS (
        DELETE FROM job_attempt WHERE job_id IN (SELECT id FROM locked)),
      replays AS (
        DELETE FROM job_replay WHERE job_id IN (SELECT id FROM locked)),
      refusals AS (
        DELETE FROM replay_refusal WHERE job_id IN (SELECT id FROM locked)),
      edits AS (
        UPDATE replay SET payload = '' WHERE id IN (
          SELECT id FROM replay WHERE payload IS NOT NULL AND job_ids[1] IN (SELECT id FROM locked) FOR UPDATE SKIP LOCKED))
      UPDATE job SET erased_at = :now, payload = '', result = NULL,
        result_dropped_at = CASE WHEN state = 'SUCCEEDED' THEN coalesce(result_dropped_at, :now) END,
        failure_message = NULL, failure_group = NULL, subject = NULL, unique_key = NULL, concurrency_key = NULL, dependency = NULL, traceparent = NULL,
        source = NULL
      FROM locked WHERE job.id = locked.id
      """;

  // Locks what nobody else has locked, by the primary key, and with it its attempts.
  private static final String DELETE =
      """
      WITH locked AS MATERIALIZED (
        SELECT id FROM job
        WHERE id = ANY (:ids::uuid[]) AND finished_at <= :until AND NOT announce_due
        FOR UPDATE SKIP LOCKED)
      DELETE FROM job USING locked WHERE job.id = locked.id
      """;

  // No lock: the primary key.
  private static final String REACHED =
      "SELECT reached FROM retention_watermark WHERE name = :name AND rules = :rules";

  // Locks the row, by the primary key.
  private static final String REACH =
      """
      INSERT INTO retention_watermark (name, rules, reached) VALUES (:name, :rules, :reached)
      ON CONFLICT (name) DO UPDATE SET rules = excluded.rules, reached = excluded.reached
      """;

  // Locks the row, by the primary key.
  private static final String NOTE_DELETED =
      """
      INSERT INTO retention_watermark AS mark (name, rules, reached) VALUES (:name, '', :until)
      ON CONFLICT (name) DO UPDATE SET reached = greatest(mark.reached, excluded.reached)
      """;

  private final JdbcClient jdbc;

  OldJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Jobs that ended in a stretch of time.
   *
   * @param after exclusively
   * @param until inclusively
   */
  List<Ended> ended(Instant after, Instant until, int most) {
    jdbc.sql(BY_INDEX).query(String.class).single();
    return jdbc.sql(ENDED)
        .param("after", at(after))
        .param("until", at(until))
        .param("most", most)
        .query(
            (row, _) ->
                new Ended(
                    row.getObject("id", UUID.class),
                    row.getString("type"),
                    row.getString("tenant"),
                    row.getBoolean("erased")))
        .list();
  }

  /**
   * Erases what jobs were about, their failed attempts, the payloads they had before or were to
   * have, and why they were not replayed. Those that have not ended by {@code until}, whose end is
   * to be announced, or that another has locked, are left.
   *
   * @return how many were erased
   */
  int erase(Collection<UUID> ids, Instant until, Instant now) {
    return jdbc.sql(ERASE)
        .param("ids", ids.toArray(UUID[]::new))
        .param("until", at(until))
        .param("now", at(now))
        .update();
  }

  /**
   * Deletes jobs, so that nothing recognises their message ids any more. The same are left as by
   * {@link #erase}.
   *
   * @return how many were deleted
   */
  int delete(Collection<UUID> ids, Instant until) {
    int deleted =
        jdbc.sql(DELETE).param("ids", ids.toArray(UUID[]::new)).param("until", at(until)).update();
    if (deleted > 0) {
      jdbc.sql(NOTE_DELETED).param("name", DELETED).param("until", at(until)).update();
    }
    return deleted;
  }

  /** How far something has got for these rules; empty if it never was done for them. */
  Optional<Instant> reached(String name, String rules) {
    return jdbc.sql(REACHED)
        .param("name", name)
        .param("rules", rules)
        .query((row, _) -> row.getObject("reached", OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Says how far something has got. */
  void reach(String name, String rules, Instant until) {
    jdbc.sql(REACH).param("name", name).param("rules", rules).param("reached", at(until)).update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
