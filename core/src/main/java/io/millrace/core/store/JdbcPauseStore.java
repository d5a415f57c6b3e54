package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.Paused;
import io.millrace.core.pause.PausedPart;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pauses in PostgreSQL. Every method is one statement. */
public final class JdbcPauseStore implements PauseStore {

  // No lock: reads the table, which has a row for each pause and mostly none.
  private static final String ALL =
      "SELECT kind, name, since, by, reason FROM pause ORDER BY since, kind, name";

  // Locks the row that it writes.
  private static final String PAUSE =
      """
      WITH paused AS (
        INSERT INTO pause (kind, name, since, by, reason) VALUES (:kind, :name, clock_timestamp(), :by, :reason)
        ON CONFLICT DO NOTHING
        RETURNING name)
      SELECT count(pg_notify(:channel, name)) FROM paused
      """;

  // Locks the row, by the primary key.
  private static final String RESUME =
      """
      WITH resumed AS (DELETE FROM pause WHERE kind = :kind AND name = :name RETURNING name)
      SELECT count(pg_notify(:channel, name)) FROM resumed
      """;

  // No lock: jumps from type and lane to the next ones through job_paused.
  private static final String SET_ASIDE =
      """
      WITH RECURSIVE found AS (
        (SELECT type, lane FROM job WHERE wait_reason = 'PAUSED' ORDER BY type, lane LIMIT 1)
        UNION ALL
        SELECT next.type, next.lane FROM found CROSS JOIN LATERAL (
          SELECT job.type, job.lane FROM job
          WHERE job.wait_reason = 'PAUSED' AND (job.type, job.lane) > (found.type, found.lane)
          ORDER BY job.type, job.lane LIMIT 1) AS next)
      SELECT type, lane FROM found
      """;

  // Locks what it finds, through job_paused.
  private static final String LOCK_SET_ASIDE =
      """
      SELECT id, tenant, type, lane, state, wait_reason, due_at, attempt, owner,
        concurrency_key, deadline, started_at, failures, crashes, first_failure_at
      FROM job WHERE wait_reason = 'PAUSED' AND type = :type AND lane = :lane
      ORDER BY due_at LIMIT :most
      FOR UPDATE SKIP LOCKED
      """;

  private final JdbcClient jdbc;

  public JdbcPauseStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Paused current() {
    Set<JobType> types = new HashSet<>();
    Set<Lane> lanes = EnumSet.noneOf(Lane.class);
    for (KnownPause each : all()) {
      switch (each.part()) {
        case PausedPart.OfType(JobType type) -> types.add(type);
        case PausedPart.OfLane(Lane lane) -> lanes.add(lane);
      }
    }
    return types.isEmpty() && lanes.isEmpty() ? Paused.NOTHING : new Paused(types, lanes);
  }

  @Override
  public List<KnownPause> all() {
    return jdbc.sql(ALL)
        .query(
            (row, _) ->
                new KnownPause(
                    PausedPart.of(row.getString("kind"), row.getString("name")),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    row.getString("by"),
                    row.getString("reason")))
        .list();
  }

  @Override
  public boolean pause(PausedPart part, String by, String reason) {
    return changed(statement(PAUSE, part).param("by", by).param("reason", reason));
  }

  @Override
  public boolean resume(PausedPart part) {
    return changed(statement(RESUME, part));
  }

  @Override
  public List<SetAside> setAside() {
    return jdbc.sql(SET_ASIDE)
        .query(
            (row, _) ->
                new SetAside(
                    new JobType(row.getString("type")), Lane.valueOf(row.getString("lane"))))
        .list();
  }

  @Override
  public List<JobHead> lockSetAside(SetAside which, int most) {
    return jdbc.sql(LOCK_SET_ASIDE)
        .param("type", which.type().name())
        .param("lane", which.lane().name())
        .param("most", most)
        .query(JobRows::head)
        .list();
  }

  private JdbcClient.StatementSpec statement(String sql, PausedPart part) {
    return jdbc.sql(sql)
        .param("kind", part.kind())
        .param("name", part.name())
        .param("channel", Notifications.PAUSE);
  }

  private static boolean changed(JdbcClient.StatementSpec statement) {
    return statement.query(Long.class).single() > 0;
  }
}
