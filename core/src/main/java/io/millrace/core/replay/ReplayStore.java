package io.millrace.core.replay;

import io.millrace.core.access.Scope;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.failure.GroupId;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The replays in PostgreSQL, as people see them and ask for them. A replay is there for those whose
 * scope holds all that it may change. Every method joins the transaction at hand. Safe for use by
 * many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class ReplayStore {

  static final String COLUMNS =
      """
      SELECT id, requested_by, idempotency_key, as_of, job_ids, failure_group, ungrouped, tenant, type, failure_text, failed_from, failed_to,
        scope_tenants, scope_types, payload, patch, per_second, canary, canary_share, canary_passed, cursor_at, cursor_id, ended_at,
      """
          + ReplayRows.PROGRESS
          + "FROM replay ";

  private static final String VISIBLE =
      """
      (:tenants::text[] IS NULL OR scope_tenants <@ :tenants::text[]) AND (:types::text[] IS NULL OR scope_types <@ :types::text[])
      """;

  // Waits for an uncommitted insert of the same key, or for the same jobs.
  private static final String INSERT =
      """
      INSERT INTO replay (id, requested_by, idempotency_key, request, selection, as_of, job_ids, failure_group, ungrouped, tenant, type,
        failure_text, failed_from, failed_to, scope_tenants, scope_types, payload, patch, per_second, canary, canary_share, canary_passed,
        state, state_since, ran, total, next_at)
      VALUES (:id, :requestedBy, :key, :request, :selection, clock_timestamp(), :ids::uuid[], :group, :ungrouped, :tenant, :type,
        :text, :from, :to, :scopeTenants::text[], :scopeTypes::text[], :payload, :patch, :perSecond, :canary, :canaryShare, :canary = 0,
        'RUNNING', clock_timestamp(), '0', :total, clock_timestamp())
      ON CONFLICT DO NOTHING
      """;

  // No lock: replay_key.
  private static final String BY_KEY =
      "SELECT id, request = :request AS same FROM replay WHERE requested_by = :requestedBy AND idempotency_key = :key";

  // No lock: replay_active.
  private static final String ACTIVE =
      "SELECT id FROM replay WHERE selection = :selection AND state IN ('RUNNING', 'CANARY')";

  // No lock: the primary key.
  private static final String FIND = COLUMNS + "WHERE id = :id AND " + VISIBLE;

  // No lock: replay_latest, backwards.
  private static final String LATEST =
      COLUMNS
          + "WHERE (as_of, id) < (:at, :before) AND "
          + VISIBLE
          + "ORDER BY as_of DESC, id DESC LIMIT :most";

  // Locks the row, by the primary key: it waits for the slice at hand.
  private static final String STOP =
      """
      UPDATE replay SET state = 'STOPPED', reason = NULL, state_since = clock_timestamp(),
        ran = CASE WHEN state = 'RUNNING' THEN ran + (greatest(clock_timestamp(), next_at) - state_since) ELSE ran END
      WHERE id = :id AND state IN ('RUNNING', 'CANARY', 'PAUSED')
      """;

  // Locks the row, by the primary key. Whoever has it go on after it paused itself has seen why.
  private static final String RESUME =
      """
      UPDATE replay SET state = 'RUNNING', reason = NULL, canary_passed = canary_passed OR state = 'PAUSED', next_at = clock_timestamp(),
        state_since = clock_timestamp()
      WHERE id = :id AND state IN ('STOPPED', 'PAUSED')
        AND NOT EXISTS (SELECT FROM replay other WHERE other.selection = replay.selection AND other.state IN ('RUNNING', 'CANARY'))
      """;

  // No lock: replay_active.
  private static final String RIVAL =
      """
      SELECT other.id FROM replay JOIN replay other ON other.selection = replay.selection AND other.state IN ('RUNNING', 'CANARY')
      WHERE replay.id = :id AND other.id <> :id
      """;

  // No lock: the primary key, then of the jobs the one of theirs.
  private static final String REFUSALS =
      """
      SELECT job_id, reason FROM replay_refusal WHERE replay = :id ORDER BY job_id LIMIT :most
      """;

  // No lock: job_replay_of, then the primary key of job.
  private static final String OUTCOMES =
      """
      SELECT count(*) FILTER (WHERE job.finished_at IS NULL) AS open, count(*) FILTER (WHERE job.state = 'SUCCEEDED') AS succeeded,
        count(*) FILTER (WHERE job.state IN ('FAILED', 'EXPIRED', 'CANCELLED')) AS failed
      FROM job_replay JOIN job ON job.id = job_replay.job_id
      WHERE job_replay.replay = :id
      """;

  /** Somebody else's replay of the same may end between two looks. */
  private static final int TRIES = 3;

  private final JdbcClient jdbc;
  private final FailureStore failures;

  public ReplayStore(JdbcClient jdbc, FailureStore failures) {
    this.jdbc = jdbc;
    this.failures = failures;
  }

  /**
   * Makes a replay of the jobs that stand failed now, unless there is one.
   *
   * @throws org.springframework.dao.ConcurrencyFailureException if others begin and end the same
   *     faster than can be looked at
   */
  public ReplayCreation create(NewReplay order) {
    UUID id = UUID.randomUUID();
    long total = failures.count(order.scope(), order.jobs());
    for (int i = 0; i < TRIES; i++) {
      if (insert(id, order, total)) {
        return new ReplayCreation.Created(find(id, Scope.WHOLE_SYSTEM).orElseThrow());
      }
      Optional<ReplayCreation> there = there(order);
      if (there.isPresent()) {
        return there.get();
      }
    }
    throw new PessimisticLockingFailureException(
        "others begin and end replays of the same jobs all the time");
  }

  private boolean insert(UUID id, NewReplay order, long total) {
    FailedJobs jobs = order.jobs();
    ScopeColumns scope = ScopeColumns.of(order.scope());
    NewReplay.Manner manner = order.manner();
    GroupId group = jobs.group();
    return jdbc.sql(INSERT)
            .param("id", id)
            .param("requestedBy", order.requestedBy())
            .param("key", order.idempotencyKey())
            .param("request", order.request())
            .param("selection", order.selection())
            .param("ids", ids(jobs), Types.ARRAY)
            .param("group", group == null ? null : group.hash(), Types.BIGINT)
            .param("ungrouped", GroupId.UNGROUPED.equals(group))
            .param("tenant", jobs.tenant(), Types.VARCHAR)
            .param("type", jobs.type() == null ? null : jobs.type().name(), Types.VARCHAR)
            .param("text", jobs.text(), Types.VARCHAR)
            .param("from", at(jobs.from()), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("to", at(jobs.to()), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("scopeTenants", scope.tenantArray(), Types.ARRAY)
            .param("scopeTypes", scope.typeArray(), Types.ARRAY)
            .param("payload", payload(manner.edit()), Types.BINARY)
            .param("patch", patch(manner.edit()), Types.VARCHAR)
            .param("perSecond", manner.perSecond())
            .param("canary", manner.canary())
            .param("canaryShare", manner.canaryShare())
            .param("total", total)
            .update()
        == 1;
  }

  private Optional<ReplayCreation> there(NewReplay order) {
    Optional<ReplayCreation> byKey =
        jdbc.sql(BY_KEY)
            .param("request", order.request())
            .param("requestedBy", order.requestedBy())
            .param("key", order.idempotencyKey())
            .query(
                (row, _) -> {
                  UUID id = row.getObject("id", UUID.class);
                  return row.getBoolean("same")
                      ? new ReplayCreation.Repeated(find(id, Scope.WHOLE_SYSTEM).orElseThrow())
                      : (ReplayCreation) new ReplayCreation.KeyTaken(id);
                })
            .optional();
    return byKey.isPresent()
        ? byKey
        : jdbc.sql(ACTIVE)
            .param("selection", order.selection())
            .query(UUID.class)
            .optional()
            .map(ReplayCreation.AlreadyActive::new);
  }

  /** The replay, if whoever looks may see it. */
  public Optional<Replay> find(UUID id, Scope scope) {
    return visible(jdbc.sql(FIND).param("id", id), scope).query(ReplayRows::replay).optional();
  }

  /**
   * Replays, the newest first.
   *
   * @param after where to begin, exclusively; null to begin with the newest of all
   */
  public List<Replay> latest(Scope scope, @Nullable Position after, int most) {
    return visible(
            jdbc.sql(LATEST)
                .param("at", after == null ? OffsetDateTime.MAX : at(after.at()))
                .param("before", after == null ? new UUID(-1, -1) : after.id())
                .param("most", most),
            scope)
        .query(ReplayRows::replay)
        .list();
  }

  /** A place in the list of replays. */
  public record Position(Instant at, UUID id) {}

  /** Has it go no further; what it has replayed runs on. */
  public ReplayChange stop(UUID id, Scope scope) {
    return change(STOP, id, scope);
  }

  /** Has it go on where it was. */
  public ReplayChange resume(UUID id, Scope scope) {
    ReplayChange changed = change(RESUME, id, scope);
    return changed instanceof ReplayChange.Impossible
        ? jdbc.sql(RIVAL)
            .param("id", id)
            .query(UUID.class)
            .optional()
            .<ReplayChange>map(ReplayChange.AlreadyActive::new)
            .orElse(changed)
        : changed;
  }

  private ReplayChange change(String statement, UUID id, Scope scope) {
    if (find(id, scope).isEmpty()) {
      return new ReplayChange.Unknown();
    }
    boolean changed = jdbc.sql(statement).param("id", id).update() == 1;
    return find(id, scope)
        .<ReplayChange>map(
            replay ->
                changed ? new ReplayChange.Changed(replay) : new ReplayChange.Impossible(replay))
        .orElseGet(ReplayChange.Unknown::new);
  }

  /** A job that was left as it was, and why. */
  public record Refusal(UUID job, String reason) {}

  /** Some of the jobs that a replay has left as they were. */
  public List<Refusal> refusals(UUID replay, int most) {
    return jdbc.sql(REFUSALS)
        .param("id", replay)
        .param("most", most)
        .query(
            (row, _) -> new Refusal(row.getObject("job_id", UUID.class), row.getString("reason")))
        .list();
  }

  /** How the jobs stand now that it has replayed; it looks at each of them. */
  public ReplayOutcomes outcomes(UUID replay) {
    return jdbc.sql(OUTCOMES)
        .param("id", replay)
        .query(
            (row, _) ->
                new ReplayOutcomes(
                    row.getLong("open"), row.getLong("succeeded"), row.getLong("failed")))
        .single();
  }

  private static StatementSpec visible(StatementSpec statement, Scope scope) {
    ScopeColumns columns = ScopeColumns.of(scope);
    return statement
        .param("tenants", columns.tenantArray(), Types.ARRAY)
        .param("types", columns.typeArray(), Types.ARRAY);
  }

  private static UUID @Nullable [] ids(FailedJobs jobs) {
    return jobs.ids() == null
        ? null
        : jobs.ids().stream().map(id -> id.value()).toArray(UUID[]::new);
  }

  private static byte @Nullable [] payload(PayloadEdit edit) {
    return edit instanceof PayloadEdit.Replace(byte[] payload) ? payload : null;
  }

  private static @Nullable String patch(PayloadEdit edit) {
    return edit instanceof PayloadEdit.Merge(String patch) ? patch : null;
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
