package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.failure.FailureGroup;
import io.millrace.core.failure.SeenGroups;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The jobs in PostgreSQL. Every method is one statement, and one for each kind of failure that this
 * process has not met before.
 */
public final class JdbcJobStore implements JobStore {

  // No lock: the primary key. Answers which ids a batch need not try to insert.
  private static final String EXISTING =
      """
      SELECT id FROM job WHERE id = ANY (:id::uuid[])
      """;

  // Waits for an uncommitted insert of the same id. Sorted, so that two batches never wait for each
  // other.
  private static final String INSERT =
      """
      INSERT INTO job (
        id, tenant, type, message_id, lane, payload, fingerprint,
        state, wait_reason, due_at, attempt, owner,
        result, failure_class, failure_message, failure_group, duplicate_of,
        deadline, unique_key, concurrency_key, subject, reply_to, correlation_id, traceparent, source,
        created_at, started_at, finished_at, failures, crashes, first_failure_at)
      SELECT
        u.id, u.tenant, u.type, u.message_id, u.lane, u.payload, u.fingerprint,
        u.state, u.wait_reason, from_micros(u.due_at), u.attempt, u.owner,
        u.result, u.failure_class, u.failure_message, u.failure_group, u.duplicate_of,
        from_micros(u.deadline), u.unique_key, u.concurrency_key, u.subject, u.reply_to, u.correlation_id, u.traceparent, u.source,
        from_micros(u.created_at), from_micros(u.started_at), from_micros(u.finished_at),
        u.failures, u.crashes, from_micros(u.first_failure_at)
      FROM unnest(
        :id::uuid[], :tenant::text[], :type::text[], :messageId::text[], :lane::text[], :payload::bytea[], :fingerprint::uuid[],
        :state::text[], :waitReason::text[], :dueAt::bigint[], :attempt::integer[], :owner::uuid[],
        :result::bytea[], :failureClass::text[], :failureMessage::text[], :failureGroup::bigint[], :duplicateOf::uuid[],
        :deadline::bigint[], :uniqueKey::text[], :concurrencyKey::text[], :subject::text[], :replyTo::text[], :correlationId::text[],
        :traceparent::text[], :source::text[],
        :createdAt::bigint[], :startedAt::bigint[], :finishedAt::bigint[],
        :failures::integer[], :crashes::integer[], :firstFailureAt::bigint[])
      AS u (
        id, tenant, type, message_id, lane, payload, fingerprint,
        state, wait_reason, due_at, attempt, owner,
        result, failure_class, failure_message, failure_group, duplicate_of,
        deadline, unique_key, concurrency_key, subject, reply_to, correlation_id, traceparent, source,
        created_at, started_at, finished_at, failures, crashes, first_failure_at)
      ORDER BY u.id
      ON CONFLICT DO NOTHING
      RETURNING id
      """;

  static final String COLUMNS =
      """
      SELECT
        job.id, job.tenant, job.type, job.message_id, job.lane, job.payload, job.fingerprint,
        job.state, job.wait_reason, job.due_at, job.attempt, job.owner,
        job.result, job.result_dropped_at, job.failure_class, job.failure_message, job.duplicate_of, job.erased_at,
        job.deadline, job.unique_key, job.concurrency_key, job.subject, job.reply_to, job.correlation_id, job.traceparent, job.source,
        job.created_at, job.queued_at, job.started_at, job.finished_at, job.failures, job.crashes, job.first_failure_at
      """;

  // Locks the rows, sorted by id. The owner's row is only read: that an incarnation has ended is
  // never taken back.
  private static final String LOCK =
      COLUMNS
          + """
          , owner.end_reason AS owner_end, job.alone
          FROM job LEFT JOIN worker owner ON owner.incarnation = job.owner
          WHERE job.id = ANY (:id::uuid[])
          ORDER BY job.id
          FOR UPDATE OF job
          """;

  private static final String LOCK_IF_FREE = LOCK.stripTrailing() + " SKIP LOCKED";

  // Locks each row that still stands where the writer believes it to stand; the others stay as they
  // are.
  private static final String CHANGE =
      """
      UPDATE job SET
        state = u.state, wait_reason = u.wait_reason, due_at = from_micros(u.due_at), attempt = u.attempt, owner = u.owner,
        result = u.result, failure_class = u.failure_class, failure_message = u.failure_message,
        failure_group = u.failure_group, duplicate_of = u.duplicate_of,
        started_at = from_micros(u.started_at), finished_at = from_micros(u.finished_at),
        failures = u.failures, crashes = u.crashes, first_failure_at = from_micros(u.first_failure_at),
        queued_at = CASE WHEN u.state = 'QUEUED' THEN clock_timestamp() END,
        alone = false, result_dropped_at = NULL, progress = NULL, progress_note = NULL, announce_due = job.announce_due OR u.announce_due
      FROM unnest(
        :id::uuid[], :fromState::text[], :fromAttempt::integer[], :fromOwner::uuid[],
        :state::text[], :waitReason::text[], :dueAt::bigint[], :attempt::integer[], :owner::uuid[],
        :result::bytea[], :failureClass::text[], :failureMessage::text[], :failureGroup::bigint[], :duplicateOf::uuid[],
        :startedAt::bigint[], :finishedAt::bigint[],
        :failures::integer[], :crashes::integer[], :firstFailureAt::bigint[], :announceDue::boolean[])
      AS u (
        id, from_state, from_attempt, from_owner,
        state, wait_reason, due_at, attempt, owner,
        result, failure_class, failure_message, failure_group, duplicate_of,
        started_at, finished_at, failures, crashes, first_failure_at, announce_due)
      WHERE job.id = u.id
        AND job.state = u.from_state AND job.attempt = u.from_attempt AND job.owner IS NOT DISTINCT FROM u.from_owner
      RETURNING job.id
      """;

  // Locks the rows whose lease is still as given. Says that nothing runs beside the job from now
  // on.
  private static final String ALONE =
      """
      UPDATE job SET alone = true
      WHERE id = :id AND state = 'RUNNING' AND owner = :owner AND attempt = :attempt
      """;

  // Locks the rows whose lease is still as given. No index knows these columns: the update is HOT.
  private static final String REPORT =
      """
      UPDATE job SET progress = u.progress, progress_note = u.note
      FROM unnest(:id::uuid[], :owner::uuid[], :attempt::integer[], :progress::float8[], :note::text[])
      AS u (id, owner, attempt, progress, note)
      WHERE job.id = u.id AND job.state = 'RUNNING' AND job.owner = u.owner AND job.attempt = u.attempt
      """;

  // No lock: the primary key.
  private static final String PROGRESS =
      """
      SELECT id, owner, attempt, progress, progress_note FROM job
      WHERE id = :id AND state = 'RUNNING' AND progress IS NOT NULL
      """;

  // Locks the row that says so, through job_owner.
  private static final String NOT_ALONE =
      """
      UPDATE job SET alone = false WHERE owner = :owner AND alone
      """;

  // Locks the rows. Whoever ends such a job later need not know its message: the dispatcher
  // announces.
  private static final String LEAVE_TO_DISPATCHER =
      """
      UPDATE job SET announce_due = true
      WHERE id = ANY (:id::uuid[]) AND state = 'RUNNING'
      RETURNING id
      """;

  // Locks the rows, by the primary key.
  private static final String ANNOUNCE_LATER =
      """
      UPDATE job SET announce_due = true WHERE id = ANY (:id::uuid[]) AND finished_at IS NOT NULL
      """;

  // No lock: index job_unique.
  private static final String HOLDERS =
      """
      SELECT job.id, u.id AS asked_for
      FROM unnest(:id::uuid[], :tenant::text[], :type::text[], :uniqueKey::text[]) AS u (id, tenant, type, unique_key)
      JOIN job ON job.tenant = u.tenant AND job.type = u.type AND job.unique_key = u.unique_key
      WHERE job.unique_key IS NOT NULL AND job.finished_at IS NULL
      """;

  // Locks the rows whose lease is still as given.
  private static final String NOTE_DEPENDENCIES =
      """
      UPDATE job SET dependency = u.dependency
      FROM unnest(:id::uuid[], :owner::uuid[], :attempt::integer[], :dependency::text[]) AS u (id, owner, attempt, dependency)
      WHERE job.id = u.id AND job.state = 'RUNNING' AND job.owner = u.owner AND job.attempt = u.attempt
      """;

  // No lock until the commit, which takes the one that all notifications share: cancelling is rare.
  private static final String TELL_WORKER = "SELECT pg_notify(:channel, :id)";

  // An attempt fails once; a repeat after an unknown commit changes nothing.
  private static final String INSERT_ATTEMPTS =
      """
      INSERT INTO job_attempt (job_id, attempt, worker, started_at, failed_at, failure_class, failure_message, failure_cause, call)
      SELECT u.job_id, u.attempt, u.worker, from_micros(u.started_at), from_micros(u.failed_at),
        u.failure_class, u.failure_message, u.failure_cause, u.call::json
      FROM unnest(
        :job::uuid[], :attempt::integer[], :worker::uuid[], :startedAt::bigint[], :failedAt::bigint[],
        :failureClass::text[], :failureMessage::text[], :failureCause::text[], :call::text[])
      AS u (job_id, attempt, worker, started_at, failed_at, failure_class, failure_message, failure_cause, call)
      ORDER BY u.job_id
      ON CONFLICT (job_id, attempt) DO NOTHING
      """;

  // No lock: the primary key.
  private static final String FIND =
      COLUMNS
          + """
          FROM job WHERE job.id = :id
          """;

  // No lock: the primary key.
  private static final String ATTEMPTS =
      """
      SELECT job_id, attempt, worker, started_at, failed_at, failure_class, failure_message, failure_cause, call
      FROM job_attempt WHERE job_id = :id ORDER BY attempt
      """;

  private final JdbcClient jdbc;
  private final SeenGroups groups;

  public JdbcJobStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.groups = new SeenGroups(jdbc);
  }

  @Override
  public Set<JobId> existing(Collection<JobId> ids) {
    return idsOf(jdbc.sql(EXISTING).param("id", Columns.ids(ids)));
  }

  @Override
  public Set<JobId> insert(Collection<Job> jobs) {
    List<@Nullable FailureGroup> failed =
        groupsOf(jobs, job -> job.order().type(), job -> job.ending().failure());
    return idsOf(jdbc.sql(INSERT).params(JobRows.toInsert(jobs, failed)));
  }

  @Override
  public List<LockedJob> lock(Collection<JobId> ids) {
    return jdbc.sql(LOCK).param("id", Columns.ids(ids)).query(JobRows::lockedJob).list();
  }

  @Override
  public List<LockedJob> lockIfFree(Collection<JobId> ids) {
    return jdbc.sql(LOCK_IF_FREE).param("id", Columns.ids(ids)).query(JobRows::lockedJob).list();
  }

  @Override
  public Map<JobId, JobId> holders(Collection<Job> jobs) {
    Map<JobId, JobId> holders = new HashMap<>();
    jdbc.sql(HOLDERS)
        .params(JobRows.toFindHolders(jobs))
        .query(
            row -> {
              holders.put(
                  new JobId(row.getObject("asked_for", UUID.class)),
                  new JobId(row.getObject("id", UUID.class)));
            });
    return holders;
  }

  @Override
  public boolean runsAlone(JobId id, LeaseToken token) {
    return jdbc.sql(ALONE)
            .param("id", id.value())
            .param("owner", token.worker())
            .param("attempt", token.attempt())
            .update()
        == 1;
  }

  @Override
  public void report(Collection<JobProgress> progress) {
    jdbc.sql(REPORT).params(JobRows.toReport(progress)).update();
  }

  @Override
  public Optional<JobProgress> progress(JobId id) {
    return jdbc.sql(PROGRESS).param("id", id.value()).query(JobRows::progress).optional();
  }

  @Override
  public void nothingRunsAlone(UUID worker) {
    jdbc.sql(NOT_ALONE).param("owner", worker).update();
  }

  @Override
  public Set<JobId> leaveToDispatcher(Collection<JobId> ids) {
    return idsOf(jdbc.sql(LEAVE_TO_DISPATCHER).param("id", Columns.ids(ids)));
  }

  @Override
  public void announceLater(Collection<JobId> ids) {
    jdbc.sql(ANNOUNCE_LATER).param("id", Columns.ids(ids)).update();
  }

  @Override
  public Set<JobId> change(Collection<JobChange> changes) {
    List<@Nullable FailureGroup> failed =
        groupsOf(changes, JobChange::type, change -> change.ending().failure());
    return idsOf(jdbc.sql(CHANGE).params(JobRows.toChange(changes, failed)));
  }

  @Override
  public void noteDependencies(Collection<Parking> jobs) {
    jdbc.sql(NOTE_DEPENDENCIES).params(JobRows.toNote(jobs)).update();
  }

  @Override
  public void tellWorker(JobId cancelled) {
    jdbc.sql(TELL_WORKER)
        .param("channel", Notifications.CANCELLED)
        .param("id", cancelled.toString())
        .query((_, _) -> cancelled)
        .single();
  }

  @Override
  public void recordFailures(Collection<AttemptFailure> failures) {
    jdbc.sql(INSERT_ATTEMPTS).params(JobRows.toInsertAttempts(failures)).update();
  }

  @Override
  public Optional<Job> find(JobId id) {
    return jdbc.sql(FIND).param("id", id.value()).query(JobRows::job).optional();
  }

  @Override
  public List<AttemptFailure> attempts(JobId id) {
    return jdbc.sql(ATTEMPTS).param("id", id.value()).query(JobRows::attempt).list();
  }

  /**
   * The groups that rows fail in, each at the place of its row: null for those that do not fail.
   */
  private <T> List<@Nullable FailureGroup> groupsOf(
      Collection<T> rows, Function<T, JobType> type, Function<T, @Nullable Failure> failure) {
    List<@Nullable FailureGroup> all = new ArrayList<>(rows.size());
    List<FailureGroup> failed = new ArrayList<>();
    for (T row : rows) {
      Failure why = failure.apply(row);
      FailureGroup group = why == null ? null : FailureGroup.of(type.apply(row), why);
      all.add(group);
      if (group != null) {
        failed.add(group);
      }
    }
    if (!failed.isEmpty()) {
      groups.see(failed);
    }
    return all;
  }

  private static Set<JobId> idsOf(JdbcClient.StatementSpec statement) {
    return new HashSet<>(statement.query(JobRows::id).list());
  }
}
