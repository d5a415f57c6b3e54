package io.millrace.core.schedule;

import static io.millrace.core.schedule.ScheduleRows.utc;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schedules in PostgreSQL. */
public final class JdbcScheduleStore implements ScheduleStore, FiringStore {

  // No lock: the whole table, which has a row for each schedule, or the primary key; and
  // schedule_firing_latest.
  private static final String FIND =
      """
      SELECT s.id, s.cron, s.zone, s.missed, s.missed_after, s.overlap, s.batch,
        ARRAY(SELECT key || '=' || value FROM jsonb_each_text(s.parameters)) AS parameters, s.tenant, s.type, s.payload, s.done_until, s.next_at,
        f.id AS firing, f.schedule, f.nominal_at, f.requested_by, f.state, f.run_id, f.job_id, f.message, f.decided_at
      FROM schedule s
      LEFT JOIN LATERAL (SELECT * FROM schedule_firing WHERE schedule = s.id ORDER BY nominal_at DESC, id LIMIT 1) f ON true
      WHERE :id::text IS NULL OR s.id = :id
      ORDER BY s.id
      """;

  // No lock: schedule_firing_latest.
  private static final String FIRINGS =
      """
      SELECT id AS firing, schedule, nominal_at, requested_by, state, run_id, job_id, message, decided_at
      FROM schedule_firing WHERE schedule = :schedule ORDER BY nominal_at DESC, id LIMIT :most
      """;

  // Locks the schedule's row against removal, by the primary key.
  private static final String TRIGGER =
      """
      INSERT INTO schedule_firing (id, schedule, nominal_at, requested_by, state)
      SELECT :id, id, :at, :by, 'REQUESTED' FROM schedule WHERE id = :schedule
      """;

  // An advisory lock of the transaction.
  private static final String LOCK_CONFIGURATION =
      """
      SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('millrace.schedules', 0))
      """;

  // Locks the row, by the primary key.
  private static final String PUT =
      """
      INSERT INTO schedule (id, cron, zone, missed, missed_after, overlap, batch, parameters, tenant, type, payload, done_until, next_at)
      VALUES (:id, :cron, :zone, :missed, :missed_after, :overlap, :batch, jsonb_object(:names::text[], :values::text[]), :tenant, :type,
        :payload, :done_until, :next_at)
      ON CONFLICT (id) DO UPDATE SET
        cron = excluded.cron, zone = excluded.zone, missed = excluded.missed, missed_after = excluded.missed_after,
        overlap = excluded.overlap, batch = excluded.batch, parameters = excluded.parameters, tenant = excluded.tenant,
        type = excluded.type, payload = excluded.payload, done_until = excluded.done_until, next_at = excluded.next_at
      """;

  // Locks the rows and those of their firings, by their primary keys.
  private static final String REMOVE =
      """
      DELETE FROM schedule WHERE id = ANY (:ids::text[])
      """;

  // Locks the row, by the primary key.
  private static final String LOCK =
      """
      SELECT 1 FROM schedule WHERE id = :id FOR UPDATE
      """;

  // No lock: the whole table.
  private static final String OVERDUE =
      """
      SELECT id FROM schedule WHERE next_at < :instant ORDER BY next_at
      """;

  // No lock: the whole table.
  private static final String EARLIEST =
      """
      SELECT next_at FROM schedule ORDER BY next_at LIMIT 1
      """;

  // No lock: schedule_firing_latest, and the primary keys.
  private static final String ACTIVE =
      """
      SELECT coalesce(r.id, j.id)
      FROM (SELECT run_id, job_id FROM schedule_firing WHERE schedule = :schedule ORDER BY nominal_at DESC, id LIMIT 100) f
      LEFT JOIN batch_run r ON r.id = f.run_id AND r.state IN ('REQUESTED', 'RUNNING')
      LEFT JOIN job j ON j.id = f.job_id AND j.finished_at IS NULL
      WHERE r.id IS NOT NULL OR j.id IS NOT NULL
      LIMIT 1
      """;

  // A row that this transaction has locked, by the primary key.
  private static final String ADVANCE =
      """
      UPDATE schedule SET done_until = :done_until, next_at = :next_at WHERE id = :id AND done_until < :done_until
      """;

  // Locks the new row's primary key.
  private static final String RECORD =
      """
      INSERT INTO schedule_firing (id, schedule, nominal_at, requested_by, state, run_id, job_id, message, carrier, decided_at)
      VALUES (:id, :schedule, :nominal_at, :requested_by, :state, :run_id, :job_id, :message, :carrier, :decided_at)
      ON CONFLICT (id) DO NOTHING
      """;

  // Locks rows that nobody looks at any more, by schedule_firing_latest.
  private static final String FORGET =
      """
      DELETE FROM schedule_firing
      WHERE schedule = :schedule AND state <> 'REQUESTED' AND nominal_at < (
        SELECT nominal_at FROM schedule_firing WHERE schedule = :schedule ORDER BY nominal_at DESC OFFSET 1000 LIMIT 1)
      """;

  // Locks rows that nobody else has, by schedule_firing_requested.
  private static final String LOCK_REQUESTED =
      """
      SELECT id AS firing, schedule, nominal_at, requested_by, state, run_id, job_id, message, decided_at
      FROM schedule_firing WHERE state = 'REQUESTED' ORDER BY nominal_at LIMIT :most FOR UPDATE SKIP LOCKED
      """;

  // A row that this transaction has locked, by the primary key.
  private static final String DECIDE =
      """
      UPDATE schedule_firing SET state = :state, run_id = :run_id, job_id = :job_id, message = :message, carrier = :id,
        decided_at = :decided_at
      WHERE id = :id AND state = 'REQUESTED'
      """;

  // No lock: schedule_firing_carrier.
  private static final String CARRIED =
      """
      SELECT id AS firing, schedule, nominal_at, requested_by, state, run_id, job_id, message, decided_at
      FROM schedule_firing WHERE carrier = :carrier ORDER BY nominal_at
      """;

  // Locks the new row's primary key.
  private static final String ENQUEUE =
      """
      SELECT enqueue_job(tenant => :tenant, type => :type, message_id => :message_id, payload => :payload)
      """;

  private final JdbcClient jdbc;

  public JdbcScheduleStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<ScheduleStatus> all() {
    return jdbc.sql(FIND).param("id", null).query((row, _) -> ScheduleRows.status(row)).list();
  }

  @Override
  public Optional<ScheduleStatus> find(String schedule) {
    return jdbc.sql(FIND)
        .param("id", schedule)
        .query((row, _) -> ScheduleRows.status(row))
        .optional();
  }

  @Override
  public List<Firing> firings(String schedule, int most) {
    return jdbc.sql(FIRINGS)
        .param("schedule", schedule)
        .param("most", most)
        .query((row, _) -> ScheduleRows.firing(row))
        .list();
  }

  @Override
  public Optional<Firing> trigger(String schedule, String by, Instant now) {
    Firing firing = Firing.byHand(UUID.randomUUID(), schedule, now, by);
    int added =
        jdbc.sql(TRIGGER)
            .param("id", firing.id())
            .param("schedule", schedule)
            .param("at", utc(now))
            .param("by", by)
            .update();
    return added == 1 ? Optional.of(firing) : Optional.empty();
  }

  @Override
  public void lockConfiguration() {
    jdbc.sql(LOCK_CONFIGURATION).query(Integer.class).single();
  }

  @Override
  public void put(Schedule schedule, Instant doneUntil, Instant nextAt) {
    jdbc.sql(PUT)
        .param("id", schedule.id())
        .param("cron", schedule.cron())
        .param("zone", schedule.zone().getId())
        .param("missed", schedule.policy().missed().name())
        .param("missed_after", schedule.policy().missedAfter().toMillis())
        .param("overlap", schedule.policy().overlap().name())
        .params(ScheduleRows.columns(schedule.work()))
        .param("done_until", utc(doneUntil))
        .param("next_at", utc(nextAt))
        .update();
  }

  @Override
  public void remove(Collection<String> schedules) {
    jdbc.sql(REMOVE).param("ids", schedules.toArray(String[]::new)).update();
  }

  @Override
  public Optional<ScheduleStatus> lock(String schedule) {
    return jdbc.sql(LOCK)
        .param("id", schedule)
        .query(Integer.class)
        .optional()
        .flatMap(_ -> find(schedule));
  }

  @Override
  public List<String> overdue(Instant instant) {
    return jdbc.sql(OVERDUE)
        .param("instant", utc(instant))
        .query((row, _) -> row.getString("id"))
        .list();
  }

  @Override
  public Optional<Instant> earliestNext() {
    return jdbc.sql(EARLIEST).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  @Override
  public Optional<UUID> active(String schedule) {
    return jdbc.sql(ACTIVE).param("schedule", schedule).query(UUID.class).optional();
  }

  @Override
  public void advance(String schedule, Instant doneUntil, Instant nextAt) {
    int advanced =
        jdbc.sql(ADVANCE)
            .param("id", schedule)
            .param("done_until", utc(doneUntil))
            .param("next_at", utc(nextAt))
            .update();
    if (advanced != 1) {
      throw new IllegalStateException(
          "schedule %s is beyond %s already, though it was locked".formatted(schedule, doneUntil));
    }
  }

  @Override
  public boolean record(Firing firing, UUID carrier) {
    boolean added = decision(RECORD, firing).param("carrier", carrier).update() == 1;
    jdbc.sql(FORGET).param("schedule", firing.schedule()).update();
    return added;
  }

  private JdbcClient.StatementSpec decision(String sql, Firing firing) {
    Instant decidedAt = firing.decidedAt();
    return jdbc.sql(sql)
        .param("id", firing.id())
        .param("schedule", firing.schedule())
        .param("nominal_at", utc(firing.nominalAt()))
        .param("requested_by", firing.requestedBy())
        .param("state", firing.state().name())
        .param("run_id", firing.outcome().runId())
        .param("job_id", firing.outcome().jobId())
        .param("message", firing.outcome().message())
        .param("decided_at", decidedAt == null ? null : utc(decidedAt));
  }

  @Override
  public List<Firing> lockRequested(int most) {
    return jdbc.sql(LOCK_REQUESTED)
        .param("most", most)
        .query((row, _) -> ScheduleRows.firing(row))
        .list();
  }

  @Override
  public void decide(Firing firing) {
    decision(DECIDE, firing).update();
  }

  @Override
  public List<Firing> carriedBy(UUID carrier) {
    return jdbc.sql(CARRIED)
        .param("carrier", carrier)
        .query((row, _) -> ScheduleRows.firing(row))
        .list();
  }

  @Override
  public JobId enqueue(ScheduledWork.Message job, String messageId) {
    jdbc.sql(ENQUEUE)
        .param("tenant", job.tenant())
        .param("type", job.type().name())
        .param("message_id", messageId)
        .param("payload", job.payload().getBytes(UTF_8))
        .query(Boolean.class)
        .single();
    return JobId.of(job.tenant(), messageId);
  }
}
