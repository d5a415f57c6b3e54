package io.millrace.scheduler.batch;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter;
import io.millrace.batch.RunContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who works at what. A claim makes a token that is one more than the last, which every write of
 * whoever has it names. Safe for use by many threads and schedulers.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class LeaseStore {

  // Locks the rows of the jobs, by the primary key.
  private static final String ANNOUNCE =
      """
      INSERT INTO batch_job (name, description, repeatable, parameter_names, parameter_kinds, parameter_descriptions, parameter_defaults,
        seen_at)
      VALUES (:name, :description, :repeatable, :names, :kinds, :descriptions, :defaults, clock_timestamp())
      ON CONFLICT (name) DO UPDATE SET description = excluded.description, repeatable = excluded.repeatable,
        parameter_names = excluded.parameter_names, parameter_kinds = excluded.parameter_kinds,
        parameter_descriptions = excluded.parameter_descriptions, parameter_defaults = excluded.parameter_defaults,
        seen_at = excluded.seen_at
      """;

  // Locks one row that nobody else has locked, through batch_run_active.
  private static final String CLAIM_RUN =
      """
      WITH next AS MATERIALIZED (
        SELECT id, owner FROM batch_run
        WHERE job = ANY (:jobs::text[])
          AND (state = 'REQUESTED' AND due_at <= clock_timestamp() OR state = 'RUNNING' AND lease_until < clock_timestamp())
        ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      UPDATE batch_run AS run SET state = 'RUNNING', owner = :owner, token = run.token + 1,
        lease_until = clock_timestamp() + :lease * interval '1 microsecond',
        begun = ARRAY(SELECT b FROM unnest(run.begun) AS b WHERE b > clock_timestamp() - :within * interval '1 microsecond')
          || clock_timestamp(),
        started_at = coalesce(run.started_at, clock_timestamp())
      FROM next WHERE run.id = next.id
      RETURNING run.id, run.job, ARRAY(SELECT key || '=' || value FROM jsonb_each_text(run.parameters)) AS parameters, run.token,
        next.owner AS taken_from, cardinality(run.begun) AS begun, run.stop_requested
      """;

  // Locks the rows, through batch_partition_run. Waits for chunks that are just being committed.
  private static final String VOID_PARTITIONS =
      """
      UPDATE batch_partition SET state = 'VOID', token = token + 1, lease_until = NULL, ended_at = clock_timestamp()
      WHERE run_id = :run AND state IN ('READY', 'RUNNING')
      """;

  // Locks one row that nobody else has locked, through batch_partition_open.
  private static final String CLAIM_PARTITION =
      """
      WITH next AS MATERIALIZED (
        SELECT part.step_execution_id FROM batch_partition part JOIN batch_run run ON run.id = part.run_id
        WHERE (part.state = 'READY' OR part.state = 'RUNNING' AND part.lease_until < clock_timestamp())
          AND run.state = 'RUNNING' AND run.job = ANY (:jobs::text[])
        ORDER BY part.place LIMIT 1 FOR UPDATE OF part SKIP LOCKED)
      UPDATE batch_partition AS part SET state = 'RUNNING', owner = :owner, token = part.token + 1,
        lease_until = clock_timestamp() + :lease * interval '1 microsecond', started_at = coalesce(part.started_at, clock_timestamp())
      FROM next, batch_run AS run
      WHERE part.step_execution_id = next.step_execution_id AND run.id = part.run_id
      RETURNING part.step_execution_id, run.id, run.job,
        ARRAY(SELECT key || '=' || value FROM jsonb_each_text(run.parameters)) AS parameters, part.step, part.name, part.token,
        part.token - part.departures AS begun
      """;

  // Locks the row, by the primary key. Whoever read the version before can write no more.
  private static final String OUTDATE_STEP_EXECUTION =
      "UPDATE batch_step_execution SET version = version + 1 WHERE step_execution_id = :id";

  // Locks the rows, by the primary key.
  private static final String RENEW_RUNS =
      """
      UPDATE batch_run SET lease_until = clock_timestamp() + :lease * interval '1 microsecond'
      FROM unnest(:ids::uuid[], :tokens::bigint[]) AS held (id, token)
      WHERE batch_run.id = held.id AND batch_run.token = held.token AND batch_run.state = 'RUNNING'
      RETURNING batch_run.id
      """;

  // Locks the rows, by the primary key.
  private static final String RENEW_PARTITIONS =
      """
      UPDATE batch_partition SET lease_until = clock_timestamp() + :lease * interval '1 microsecond'
      FROM unnest(:ids::bigint[], :tokens::bigint[]) AS held (id, token)
      WHERE step_execution_id = held.id AND batch_partition.token = held.token AND state = 'RUNNING'
      RETURNING step_execution_id
      """;

  // Locks the row, by the primary key, until the chunk is committed: a claim waits for it.
  private static final String ADVANCE_PARTITION =
      """
      UPDATE batch_partition SET items_done = :done, items_skipped = :skipped
      WHERE step_execution_id = :id AND token = :token AND state = 'RUNNING'
      RETURNING set_config('idle_in_transaction_session_timeout', :idle, true)
      """;

  // Locks the row, by the primary key.
  private static final String END_PARTITION =
      """
      UPDATE batch_partition SET state = 'ENDED', lease_until = NULL, ended_at = clock_timestamp(), message = :message, permanent = :permanent
      WHERE step_execution_id = :id AND token = :token AND state = 'RUNNING'
      """;

  // Locks the row, by the primary key.
  private static final String LEAVE_PARTITION =
      """
      UPDATE batch_partition SET state = 'READY', lease_until = NULL, departures = departures + CASE WHEN :departing THEN 1 ELSE 0 END
      WHERE step_execution_id = :id AND token = :token AND state = 'RUNNING'
      """;

  // Locks the row, by the primary key.
  private static final String LEAVE_RUN =
      """
      UPDATE batch_run SET lease_until = clock_timestamp(), begun = trim_array(begun, CASE WHEN :departing THEN 1 ELSE 0 END)
      WHERE id = :id AND token = :token AND state = 'RUNNING'
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final String owner;
  private final BatchProperties properties;

  /**
   * @param owner what nobody else is called
   */
  LeaseStore(
      JdbcClient jdbc,
      TransactionOperations transaction,
      String owner,
      BatchProperties properties) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.owner = owner;
    this.properties = properties;
  }

  /** Lets others know which jobs there are. */
  void announce(Collection<BatchJob> jobs) {
    transaction.executeWithoutResult(
        _ ->
            jobs.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(this::announce));
  }

  private void announce(BatchJob job) {
    List<BatchParameter> parameters = job.parameters().all();
    jdbc.sql(ANNOUNCE)
        .param("name", job.name())
        .param("description", job.description())
        .param("repeatable", job.isRepeatable())
        .param("names", texts(parameters, BatchParameter::name))
        .param("kinds", texts(parameters, parameter -> parameter.kind().name()))
        .param("descriptions", texts(parameters, BatchParameter::description))
        .param("defaults", texts(parameters, BatchParameter::defaultValue))
        .update();
  }

  /** Claims a run of one of the jobs; whoever worked at a partition of it can write no more. */
  Optional<ClaimedRun> claimRun(Set<String> jobs) {
    return claim(
        () -> {
          Optional<ClaimedRun> claimed =
              jdbc.sql(CLAIM_RUN)
                  .param("jobs", jobs.toArray(String[]::new))
                  .param("owner", owner)
                  .param("lease", micros(properties.lease()))
                  .param("within", micros(properties.restartsWithin()))
                  .query((row, _) -> run(row))
                  .optional();
          claimed.ifPresent(run -> jdbc.sql(VOID_PARTITIONS).param("run", run.id()).update());
          return claimed;
        });
  }

  /** Claims a partition of a run of one of the jobs, whoever manages it. */
  Optional<ClaimedPartition> claimPartition(Set<String> jobs) {
    return claim(
        () -> {
          Optional<ClaimedPartition> claimed =
              jdbc.sql(CLAIM_PARTITION)
                  .param("jobs", jobs.toArray(String[]::new))
                  .param("owner", owner)
                  .param("lease", micros(properties.lease()))
                  .query((row, _) -> partition(row))
                  .optional();
          claimed.ifPresent(
              each -> jdbc.sql(OUTDATE_STEP_EXECUTION).param("id", each.id()).update());
          return claimed;
        });
  }

  private <T> Optional<T> claim(Supplier<Optional<T>> claim) {
    Optional<T> claimed = transaction.execute(_ -> claim.get());
    return claimed == null ? Optional.empty() : claimed;
  }

  /** Renews the leases; the ids of those that are still ours. */
  Set<UUID> renewRuns(Collection<ClaimedRun> held) {
    return Set.copyOf(
        jdbc.sql(RENEW_RUNS)
            .param("ids", held.stream().map(ClaimedRun::id).toArray(UUID[]::new))
            .param("tokens", held.stream().map(ClaimedRun::token).toArray(Long[]::new))
            .param("lease", micros(properties.lease()))
            .query(UUID.class)
            .list());
  }

  /** Renews the leases; the ids of those that are still ours. */
  Set<Long> renewPartitions(Collection<ClaimedPartition> held) {
    return Set.copyOf(
        jdbc.sql(RENEW_PARTITIONS)
            .param("ids", held.stream().map(ClaimedPartition::id).toArray(Long[]::new))
            .param("tokens", held.stream().map(ClaimedPartition::token).toArray(Long[]::new))
            .param("lease", micros(properties.lease()))
            .query(Long.class)
            .list());
  }

  /**
   * Writes how far a partition has come, and makes sure that it is ours until the transaction at
   * hand ends. That has to end soon then: the database gives it up if it hears nothing more.
   *
   * @param done items of the partition, over all its executions
   * @param skipped how many of them were left out
   * @throws LeaseLostException if it is not ours
   */
  void advance(ClaimedPartition partition, long done, long skipped) {
    boolean ours =
        jdbc.sql(ADVANCE_PARTITION)
            .param("id", partition.id())
            .param("token", partition.token())
            .param("done", done)
            .param("skipped", skipped)
            .param("idle", properties.lease().toMillis() + "ms")
            .query(String.class)
            .optional()
            .isPresent();
    if (!ours) {
      throw new LeaseLostException("partition " + partition.name() + " of " + partition.job());
    }
  }

  /** Takes note that a partition has ended, as its execution says. */
  void end(ClaimedPartition partition) {
    end(partition, null, false);
  }

  /** Takes note that a partition has failed. */
  void fail(ClaimedPartition partition, PartitionFailedException why) {
    end(partition, why.getMessage(), why.isPermanent());
  }

  private void end(ClaimedPartition partition, @Nullable String message, boolean permanent) {
    jdbc.sql(END_PARTITION)
        .param("id", partition.id())
        .param("token", partition.token())
        .param("message", message)
        .param("permanent", permanent)
        .update();
  }

  /**
   * Lets others claim a partition at once.
   *
   * @param departing whether this scheduler ends in good order, which does not count as an attempt
   */
  void leave(ClaimedPartition partition, boolean departing) {
    jdbc.sql(LEAVE_PARTITION)
        .param("id", partition.id())
        .param("token", partition.token())
        .param("departing", departing)
        .update();
  }

  /**
   * Lets others take over a run at once.
   *
   * @param departing whether this scheduler ends in good order, which does not count as an attempt
   */
  void leave(ClaimedRun run, boolean departing) {
    jdbc.sql(LEAVE_RUN)
        .param("id", run.id())
        .param("token", run.token())
        .param("departing", departing)
        .update();
  }

  private static ClaimedRun run(ResultSet row) throws SQLException {
    return new ClaimedRun(
        row.getString("job"),
        context(row),
        row.getLong("token"),
        row.getString("taken_from"),
        row.getInt("begun"),
        row.getBoolean("stop_requested"));
  }

  private static ClaimedPartition partition(ResultSet row) throws SQLException {
    return new ClaimedPartition(
        row.getLong("step_execution_id"),
        row.getString("job"),
        context(row),
        row.getString("step"),
        row.getString("name"),
        row.getLong("token"),
        row.getLong("begun"));
  }

  private static RunContext context(ResultSet row) throws SQLException {
    Map<String, String> parameters = new HashMap<>();
    for (String each : (String[]) row.getArray("parameters").getArray()) {
      int equals = each.indexOf('='); // no name has one
      parameters.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new RunContext(row.getObject("id", UUID.class), parameters);
  }

  private static <T> @Nullable String[] texts(
      List<T> rows, Function<? super T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
