package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ListedJob.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The replays in PostgreSQL, as whoever does their next slice needs them. It needs a transaction,
 * which it never begins. Times are of the database's clock, so that processes agree. Safe for use
 * by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class ReplaySliceStore {

  // Locks the row that is due first, of those that nobody else has locked: the lock is the lease.
  private static final String LOCK_NEXT =
      ReplayStore.COLUMNS
          + """
          WHERE state IN ('RUNNING', 'CANARY') AND next_at <= clock_timestamp()
          ORDER BY next_at LIMIT 1
          FOR UPDATE SKIP LOCKED
          """;

  // No lock: index job_failed, forwards from the cursor. What was made to run once more since the
  // replay was made is not for it, whatever the clock of the worker says in which it failed again.
  private static final String CANDIDATES =
      "SELECT job.id, job.finished_at FROM job WHERE {scope:job} AND "
          + FailedJobs.CONDITION
          + """
            AND job.finished_at <= :asOf AND (job.finished_at, job.id) > (:cursorAt, :cursorId)
            AND NOT EXISTS (SELECT FROM job_replay done WHERE done.job_id = job.id AND done.replayed_at > :asOf)
            AND NOT EXISTS (SELECT FROM replay_refusal refused WHERE refused.replay = :replay AND refused.job_id = job.id)
          ORDER BY job.finished_at, job.id LIMIT :most
          """;

  // Locks the row, which is locked. What was due long ago is not made up for beyond a second.
  private static final String ADVANCE =
      """
      UPDATE replay SET cursor_at = :cursorAt, cursor_id = :cursorId, replayed = replayed + :replayed, refused = refused + :refused,
        next_at = greatest(next_at, clock_timestamp() - interval '1 second') + :rest * interval '1 microsecond'
      WHERE id = :id
      """;

  // Locks the row, which is locked.
  private static final String ENTER =
      """
      UPDATE replay SET state = :state, reason = :reason, canary_passed = canary_passed OR :passed,
        ended_at = CASE WHEN :state = 'DONE' THEN clock_timestamp() END,
        state_since = CASE WHEN :state = state THEN state_since ELSE clock_timestamp() END,
        ran = CASE WHEN :state <> 'RUNNING' AND state = 'RUNNING' THEN ran + (clock_timestamp() - state_since) ELSE ran END,
        next_at = clock_timestamp() + :rest * interval '1 microsecond'
      WHERE id = :id
      """;

  // A key for each refusal; the same one again changes nothing.
  private static final String REFUSE =
      """
      INSERT INTO replay_refusal (replay, job_id, reason)
      SELECT :replay, u.job_id, u.reason FROM unnest(:job::uuid[], :reason::text[]) AS u (job_id, reason)
      ON CONFLICT DO NOTHING
      """;

  // No lock: replay_due.
  private static final String REST =
      """
      SELECT (extract(epoch FROM min(next_at) - clock_timestamp()) * 1000)::bigint FROM replay WHERE state IN ('RUNNING', 'CANARY')
      """;

  // No lock: job_replay_of, then the primary key of job.
  private static final String FIRST_FAILURE =
      """
      SELECT job.state, job.failure_message FROM job_replay JOIN job ON job.id = job_replay.job_id
      WHERE job_replay.replay = :id AND job.state IN ('FAILED', 'EXPIRED', 'CANCELLED')
      ORDER BY job.finished_at, job.id LIMIT 1
      """;

  private final JdbcClient jdbc;
  private final ScopedJdbc scoped;

  public ReplaySliceStore(JdbcClient jdbc, ScopedJdbc scoped) {
    this.jdbc = jdbc;
    this.scoped = scoped;
  }

  /** Locks a replay whose next slice is due, if there is one that nobody is at. */
  Optional<Replay> lockNext() {
    return jdbc.sql(LOCK_NEXT).query(ReplayRows::replay).optional();
  }

  /** The next jobs of a replay, in the order in which they failed. */
  List<Position> candidates(Replay replay, int most) {
    return replay
        .order()
        .jobs()
        .bind(scoped.sql(replay.order().scope(), CANDIDATES))
        .param("replay", replay.id())
        .param("asOf", at(replay.createdAt()))
        .param("cursorAt", at(replay.cursor().at()))
        .param("cursorId", replay.cursor().id().value())
        .param("most", most)
        .query(
            (row, _) ->
                new Position(
                    row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                    new JobId(row.getObject("id", UUID.class))))
        .list();
  }

  /** Writes what a slice has done, and that the next one is due after {@code rest}. */
  void advance(Replay replay, Position cursor, int replayed, int refused, Duration rest) {
    jdbc.sql(ADVANCE)
        .param("id", replay.id())
        .param("cursorAt", at(cursor.at()))
        .param("cursorId", cursor.id().value())
        .param("replayed", replayed)
        .param("refused", refused)
        .param("rest", micros(rest))
        .update();
  }

  /** The replay is to be looked at again after {@code rest}, in another state. */
  void enter(Replay replay, ReplayState state, boolean canaryPassed, Duration rest) {
    enter(replay, state, null, canaryPassed, rest);
  }

  /** The replay pauses itself. */
  void pause(Replay replay, String reason) {
    enter(replay, ReplayState.PAUSED, reason, false, Duration.ZERO);
  }

  private void enter(
      Replay replay,
      ReplayState state,
      @Nullable String reason,
      boolean canaryPassed,
      Duration rest) {
    jdbc.sql(ENTER)
        .param("id", replay.id())
        .param("state", state.name())
        .param("reason", reason)
        .param("passed", canaryPassed)
        .param("rest", micros(rest))
        .update();
  }

  /** Notes why jobs are left as they are. */
  void refuse(Replay replay, List<ReplayStore.Refusal> refusals) {
    jdbc.sql(REFUSE)
        .param("replay", replay.id())
        .param("job", refusals.stream().map(each -> each.job().toString()).toArray(String[]::new))
        .param("reason", refusals.stream().map(ReplayStore.Refusal::reason).toArray(String[]::new))
        .update();
  }

  /** In how many milliseconds the next slice is due, below 0 if it is overdue; empty if none is. */
  Optional<Long> untilNext() {
    return jdbc.sql(REST).query(Long.class).optional();
  }

  /** What went wrong first with the jobs that a replay has replayed. */
  Optional<String> firstFailure(Replay replay) {
    return jdbc.sql(FIRST_FAILURE)
        .param("id", replay.id())
        .query(
            (row, _) -> {
              String message = row.getString("failure_message");
              return message == null
                  ? "it is " + JobState.valueOf(row.getString("state"))
                  : message;
            })
        .optional();
  }

  private static long micros(Duration time) {
    return time.toNanos() / 1_000;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
