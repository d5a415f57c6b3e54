package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The looks at PostgreSQL. Every one goes by an index of the jobs in question, and costs the same
 * whether few or millions of them wait.
 */
public final class JdbcDueStore implements DueStore {

  // Which waiting jobs wait for a time: the condition of the indexes job_due and job_next.
  private static final String FOR_A_TIME =
      "due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED')";

  private static final String HEAD =
      """
      SELECT job.id, job.tenant, job.type, job.lane, job.state, job.wait_reason, job.due_at, job.attempt, job.owner,
        job.concurrency_key, job.deadline, job.started_at, job.failures, job.crashes, job.first_failure_at
      """;

  // No lock: the first entry of job_next.
  private static final String NEXT =
      "SELECT due_at FROM job WHERE " + FOR_A_TIME + " ORDER BY due_at LIMIT 1";

  // No lock: jumps from type to type through job_due.
  private static final String TYPES =
      """
      WITH RECURSIVE found AS (
        (SELECT type FROM job WHERE %1$s ORDER BY type LIMIT 1)
        UNION ALL
        SELECT (SELECT job.type FROM job WHERE %1$s AND job.type > found.type ORDER BY job.type LIMIT 1)
        FROM found WHERE found.type IS NOT NULL)
      SELECT type FROM found WHERE type IS NOT NULL
      """
          .formatted(FOR_A_TIME);

  // No lock: jumps from tenant to tenant of one type through job_due, begins behind the last one of
  // the look before.
  private static final String TENANTS =
      """
      WITH RECURSIVE found AS (
        (SELECT tenant FROM job WHERE %1$s AND type = :type AND tenant > :after ORDER BY tenant LIMIT 1)
        UNION ALL
        SELECT (SELECT job.tenant FROM job WHERE %1$s AND job.type = :type AND job.tenant > found.tenant ORDER BY job.tenant LIMIT 1)
        FROM found WHERE found.tenant IS NOT NULL)
      SELECT found.tenant FROM found
      WHERE EXISTS (SELECT FROM job WHERE %1$s AND job.type = :type AND job.tenant = found.tenant AND job.due_at <= :now)
      LIMIT :most
      """
          .formatted(FOR_A_TIME);

  // Locks what it finds, through job_due: the first of each tenant.
  private static final String LOCK_DUE =
      """
      SELECT due.* FROM unnest(:tenant::text[]) AS wanted (tenant) CROSS JOIN LATERAL (
        %s FROM job
        WHERE %s AND job.type = :type AND job.tenant = wanted.tenant AND job.due_at <= :now
        ORDER BY job.due_at LIMIT :each
        FOR UPDATE SKIP LOCKED) AS due
      """
          .formatted(HEAD, FOR_A_TIME);

  // No lock: job_queued, which holds a few thousand entries of each type at most.
  private static final String QUEUED =
      "SELECT type, count(*) AS queued FROM job WHERE queued_at IS NOT NULL GROUP BY type";

  // No lock: jumps from type to type through job_turn.
  private static final String TYPES_IN_TURN =
      """
      WITH RECURSIVE found AS (
        (SELECT type FROM job WHERE wait_reason = 'CONCURRENCY' ORDER BY type LIMIT 1)
        UNION ALL
        SELECT (SELECT job.type FROM job WHERE job.wait_reason = 'CONCURRENCY' AND job.type > found.type ORDER BY job.type LIMIT 1)
        FROM found WHERE found.type IS NOT NULL)
      SELECT type FROM found WHERE type IS NOT NULL
      """;

  // No lock: jumps from key to key through job_turn, begins behind the last one of the look before.
  private static final String KEYS =
      """
      WITH RECURSIVE found AS (
        (SELECT concurrency_key FROM job WHERE wait_reason = 'CONCURRENCY' AND type = :type AND concurrency_key > :after
          ORDER BY concurrency_key LIMIT 1)
        UNION ALL
        SELECT (SELECT job.concurrency_key FROM job WHERE job.wait_reason = 'CONCURRENCY' AND job.type = :type
          AND job.concurrency_key > found.concurrency_key ORDER BY job.concurrency_key LIMIT 1)
        FROM found WHERE found.concurrency_key IS NOT NULL)
      SELECT concurrency_key FROM found WHERE concurrency_key IS NOT NULL LIMIT :most
      """;

  // An advisory lock on each key, as long as the transaction; keys that another has are left out.
  private static final String CLAIM_KEYS =
      """
      SELECT wanted.key FROM unnest(:key::text[]) AS wanted (key)
      WHERE pg_try_advisory_xact_lock(hashtextextended(:type || ' ' || wanted.key, 0))
      """;

  // Locks what it finds, through job_turn: of each key as many as job_place has room for.
  private static final String LOCK_NEXT_IN_TURN =
      """
      SELECT turn.* FROM unnest(:key::text[]) AS wanted (key)
      CROSS JOIN LATERAL (
        SELECT greatest(:limit - count(*), 0) AS free FROM job
        WHERE job.concurrency_key IS NOT NULL AND job.state IN ('QUEUED', 'RUNNING')
          AND job.type = :type AND job.concurrency_key = wanted.key) AS room
      CROSS JOIN LATERAL (
        %s FROM job
        WHERE job.wait_reason = 'CONCURRENCY' AND job.type = :type AND job.concurrency_key = wanted.key
        ORDER BY job.created_at LIMIT room.free
        FOR UPDATE SKIP LOCKED) AS turn
      """
          .formatted(HEAD);

  // Locks what it finds, through job_deadline.
  private static final String LOCK_LATE =
      HEAD
          + """
          FROM job WHERE deadline IS NOT NULL AND state IN ('WAITING', 'QUEUED') AND deadline <= :now
          ORDER BY deadline LIMIT :most
          FOR UPDATE SKIP LOCKED
          """;

  // Locks what it finds, through worker_ended_at and job_owner. The owner's row is only read: its
  // end is never taken back.
  private static final String LOCK_ORPHANS =
      HEAD
          + """
          , owner.end_reason AS owner_end, job.alone
          FROM worker owner JOIN job ON job.owner = owner.incarnation
          WHERE job.owner IS NOT NULL AND owner.ended_at IS NOT NULL
            AND (owner.ended_at <= :endedBefore OR job.announce_due)
          LIMIT :most
          FOR UPDATE OF job SKIP LOCKED
          """;

  // Locks what it finds, through job_announce.
  private static final String LOCK_UNANNOUNCED =
      JdbcJobStore.COLUMNS
          + """
          FROM job WHERE announce_due AND finished_at IS NOT NULL
          ORDER BY finished_at LIMIT :most
          FOR UPDATE SKIP LOCKED
          """;

  // Locks the rows, by the primary key.
  private static final String ANNOUNCED =
      "UPDATE job SET announce_due = false WHERE id = ANY (:id::uuid[])";

  // Locks what it finds, through job_queued.
  private static final String LOCK_QUEUED_BEFORE =
      HEAD
          + """
          FROM job WHERE queued_at IS NOT NULL AND type = :type AND queued_at <= :before
          ORDER BY queued_at LIMIT :most
          FOR UPDATE SKIP LOCKED
          """;

  // Locks the rows, by the primary key.
  private static final String QUEUED_AGAIN =
      "UPDATE job SET queued_at = clock_timestamp() WHERE id = ANY (:id::uuid[]) AND queued_at IS NOT NULL";

  private final JdbcClient jdbc;

  public JdbcDueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Instant> next() {
    return jdbc.sql(NEXT).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  @Override
  public void limitSilence(Duration silence) {
    jdbc.sql("SELECT set_config('idle_in_transaction_session_timeout', :limit, true)")
        .param("limit", silence.toMillis() + "ms")
        .query(String.class)
        .single();
  }

  @Override
  public List<JobType> waitingTypes() {
    return jdbc.sql(TYPES).query((row, _) -> new JobType(row.getString(1))).list();
  }

  @Override
  public List<String> tenantsWithDue(JobType type, String after, Instant now, int most) {
    return jdbc.sql(TENANTS)
        .param("type", type.name())
        .param("after", after)
        .param("now", at(now))
        .param("most", most)
        .query(JobRows::text)
        .list();
  }

  @Override
  public List<JobHead> lockDue(JobType type, Collection<String> tenants, int each, Instant now) {
    return jdbc.sql(LOCK_DUE)
        .param("tenant", tenants.toArray(String[]::new))
        .param("type", type.name())
        .param("each", each)
        .param("now", at(now))
        .query(JobRows::head)
        .list();
  }

  @Override
  public Map<JobType, Integer> queued() {
    Map<JobType, Integer> queued = new HashMap<>();
    jdbc.sql(QUEUED)
        .query(
            row -> {
              queued.put(new JobType(row.getString("type")), row.getInt("queued"));
            });
    return queued;
  }

  @Override
  public List<JobType> typesInTurn() {
    return jdbc.sql(TYPES_IN_TURN).query((row, _) -> new JobType(row.getString(1))).list();
  }

  @Override
  public List<String> keysInTurn(JobType type, String after, int most) {
    return jdbc.sql(KEYS)
        .param("type", type.name())
        .param("after", after)
        .param("most", most)
        .query(JobRows::text)
        .list();
  }

  @Override
  public List<JobHead> lockNextInTurn(JobType type, Collection<String> keys, int limit) {
    List<String> ours =
        jdbc.sql(CLAIM_KEYS)
            .param("key", keys.toArray(String[]::new))
            .param("type", type.name())
            .query(JobRows::text)
            .list();
    if (ours.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(LOCK_NEXT_IN_TURN)
        .param("key", ours.toArray(String[]::new))
        .param("type", type.name())
        .param("limit", limit)
        .query(JobRows::head)
        .list();
  }

  @Override
  public List<JobHead> lockLate(Instant now, int most) {
    return jdbc.sql(LOCK_LATE)
        .param("now", at(now))
        .param("most", most)
        .query(JobRows::head)
        .list();
  }

  @Override
  public List<OrphanedJob> lockOrphans(Instant endedBefore, int most) {
    return jdbc.sql(LOCK_ORPHANS)
        .param("endedBefore", at(endedBefore))
        .param("most", most)
        .query(JobRows::orphan)
        .list();
  }

  @Override
  public List<Job> lockUnannounced(int most) {
    return jdbc.sql(LOCK_UNANNOUNCED).param("most", most).query(JobRows::job).list();
  }

  @Override
  public void announced(Collection<JobId> ids) {
    jdbc.sql(ANNOUNCED).param("id", Columns.ids(ids)).update();
  }

  @Override
  public List<JobHead> lockQueuedBefore(JobType type, Instant before, int most) {
    return jdbc.sql(LOCK_QUEUED_BEFORE)
        .param("type", type.name())
        .param("before", at(before))
        .param("most", most)
        .query(JobRows::head)
        .list();
  }

  @Override
  public void queuedAgain(Collection<JobId> ids) {
    jdbc.sql(QUEUED_AGAIN).param("id", Columns.ids(ids)).update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
