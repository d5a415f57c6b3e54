package io.millrace.core.lease;

import io.millrace.client.contract.JobType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Processes as people look for them. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class WorkerListing {

  // No lock: worker_live and worker_ended_at.
  private static final String WORKERS =
      """
      SELECT incarnation, name, version, types, started_at, beat_at, ended_at, end_reason, (
        SELECT coalesce(round(sum(rate::numeric), 2), 0) FROM jsonb_each_text(ended_per_second) AS each (type, rate)) AS rate
      FROM worker WHERE ended_at IS NULL OR ended_at > :since
      ORDER BY ended_at IS NOT NULL, started_at DESC, incarnation LIMIT :most
      """;

  // No lock: job_owner, which holds what runs and no more.
  private static final String RUNNING =
      """
      SELECT live.incarnation, running.id, running.type, running.tenant, running.attempt, running.started_at
      FROM worker AS live CROSS JOIN LATERAL (
        SELECT job.id, job.type, job.tenant, job.attempt, job.started_at FROM job
        WHERE job.owner = live.incarnation ORDER BY job.started_at, job.id LIMIT :each) AS running
      WHERE live.ended_at IS NULL
      """;

  // No lock: job_owner.
  private static final String COUNTED =
      """
      SELECT owner, count(*) AS jobs FROM job WHERE owner IS NOT NULL GROUP BY owner
      """;

  // No lock: worker_live.
  private static final String RATES =
      """
      SELECT each.type, round(sum(each.rate::numeric), 2) AS rate
      FROM worker CROSS JOIN LATERAL jsonb_each_text(worker.ended_per_second) AS each (type, rate)
      WHERE worker.ended_at IS NULL AND worker.beat_at > :since
      GROUP BY each.type
      """;

  // No lock: JobRunr's table of its servers, which has a row for each scheduler.
  private static final String SCHEDULERS =
      """
      SELECT coalesce(nullif(trim(name), ''), trim(id)) AS name, firstheartbeat, lastheartbeat
      FROM jobrunr_backgroundjobservers ORDER BY firstheartbeat, id
      """;

  private final JdbcClient jdbc;

  /**
   * A life of a worker process.
   *
   * @param types of which it has handlers; null if its version does not say
   * @param endedPerSecond how many jobs a second ended in it lately, when it was heard of last
   * @param beatAt when it was heard of last, by its own clock
   * @param end how it ended; null if it lives
   */
  public record Known(
      UUID incarnation,
      String name,
      String version,
      @Nullable List<String> types,
      double endedPerSecond,
      Instant startedAt,
      Instant beatAt,
      @Nullable Instant endedAt,
      @Nullable OwnerEnd end) {}

  /** A job that a worker runs. */
  public record Running(
      UUID incarnation, UUID job, String type, String tenant, int attempt, Instant startedAt) {}

  /** How many jobs a worker runs. */
  public record Counted(UUID incarnation, long jobs) {}

  /** A scheduler, as JobRunr knows it. */
  public record Scheduler(String name, Instant startedAt, Instant heardAt) {}

  public WorkerListing(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that live, and those that ended lately.
   *
   * @param since when they may have ended at the earliest
   */
  public List<Known> workers(Instant since, int most) {
    return jdbc.sql(WORKERS)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("most", most)
        .query((row, _) -> known(row))
        .list();
  }

  /**
   * What those that live are at, what has run for longest coming first.
   *
   * @param each how many jobs of each worker
   */
  public List<Running> running(int each) {
    return jdbc.sql(RUNNING)
        .param("each", each)
        .query(
            (row, _) ->
                new Running(
                    row.getObject("incarnation", UUID.class),
                    row.getObject("id", UUID.class),
                    row.getString("type"),
                    row.getString("tenant"),
                    row.getInt("attempt"),
                    present(row, "started_at")))
        .list();
  }

  /** How many jobs each worker runs, of those whose rows say so. */
  public List<Counted> counted() {
    return jdbc.sql(COUNTED)
        .query((row, _) -> new Counted(row.getObject("owner", UUID.class), row.getLong("jobs")))
        .list();
  }

  /**
   * How many jobs a second end now in those that live, all together; types of which none does are
   * left out.
   *
   * @param since when a worker has to have been heard of last, for what it said then to count
   */
  public Map<JobType, Double> endedPerSecond(Instant since) {
    Map<JobType, Double> rates = new HashMap<>();
    jdbc.sql(RATES)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              rates.put(new JobType(row.getString("type")), row.getDouble("rate"));
            });
    return rates;
  }

  /** The schedulers whose JobRunr works, or worked a moment ago. */
  public List<Scheduler> schedulers() {
    return jdbc.sql(SCHEDULERS)
        .query(
            (row, _) ->
                new Scheduler(
                    row.getString("name"), utc(row, "firstheartbeat"), utc(row, "lastheartbeat")))
        .list();
  }

  private static Known known(ResultSet row) throws SQLException {
    String end = row.getString("end_reason");
    Array types = row.getArray("types");
    return new Known(
        row.getObject("incarnation", UUID.class),
        row.getString("name"),
        row.getString("version"),
        types == null ? null : List.of((String[]) types.getArray()),
        row.getDouble("rate"),
        present(row, "started_at"),
        present(row, "beat_at"),
        instant(row, "ended_at"),
        end == null ? null : OwnerEnd.valueOf(end));
  }

  private static Instant present(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(instant(row, column));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** JobRunr writes times of UTC without saying so. */
  private static Instant utc(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
