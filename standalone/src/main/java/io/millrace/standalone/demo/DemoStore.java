package io.millrace.standalone.demo;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What PostgreSQL remembers of a run. For progress and report: nothing here is fast. */
final class DemoStore {

  // No lock: the primary key.
  private static final String ENDED =
      """
      SELECT id, state FROM job WHERE id = ANY (:ids::uuid[]) AND finished_at IS NOT NULL
      """;

  // No lock, no index: reads the whole table, once a run.
  private static final String STATES =
      """
      SELECT state, count(*) AS jobs FROM job
      WHERE tenant = :tenant AND starts_with(message_id, :prefix)
      GROUP BY state
      """;

  // No lock, no index: reads the whole table, once a run.
  private static final String LATENCIES =
      """
      SELECT
        max(finished_at) AS last_finished,
        percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (
          ORDER BY 1000000 * extract(epoch FROM finished_at - created_at)) AS micros
      FROM job
      WHERE tenant = :tenant AND starts_with(message_id, :prefix) AND finished_at IS NOT NULL
      """;

  // No lock, no index: reads the whole table, once a run. Adds up the instalments themselves; long
  // loans were asked for their totals alone.
  private static final String INSTALMENTS =
      """
      SELECT schedule ->> 'currency' AS currency, sum(coalesce(
        (SELECT sum((instalment ->> 'payment')::numeric)
         FROM json_array_elements(schedule -> 'instalments') AS instalment),
        (schedule -> 'totals' ->> 'payments')::numeric)) AS paid
      FROM (
        SELECT convert_from(result, 'UTF8')::json AS schedule FROM job
        WHERE tenant = :tenant AND starts_with(message_id, :prefix) AND state = 'SUCCEEDED'
        OFFSET 0) AS recorded
      GROUP BY currency
      """;

  // No lock: the primary key.
  private static final String SAMPLE =
      """
      SELECT
        schedule ->> 'currency' AS currency,
        (schedule ->> 'levelPayment')::numeric AS level_payment,
        (schedule -> 'totals' ->> 'instalments')::integer AS instalments,
        (schedule -> 'totals' ->> 'interest')::numeric AS interest
      FROM (
        SELECT convert_from(result, 'UTF8')::json AS schedule FROM job
        WHERE id = :id AND state = 'SUCCEEDED') AS recorded
      """;

  private final JdbcClient jdbc;

  DemoStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of {@code ids}, those that have ended, and how. */
  Map<UUID, JobState> ended(List<UUID> ids) {
    Map<UUID, JobState> ended = new HashMap<>();
    jdbc.sql(ENDED)
        .param("ids", ids.toArray(UUID[]::new))
        .query(
            row -> {
              ended.put(row.getObject("id", UUID.class), JobState.valueOf(row.getString("state")));
            });
    return ended;
  }

  /** How many jobs of a run are in each state. */
  Map<JobState, Integer> states(Run run) {
    Map<JobState, Integer> states = new EnumMap<>(JobState.class);
    jdbc.sql(STATES)
        .param("tenant", Run.TENANT)
        .param("prefix", run.prefix())
        .query(
            row -> {
              states.put(JobState.valueOf(row.getString("state")), row.getInt("jobs"));
            });
    return states;
  }

  /** When the last job of a run ended and how long they took; empty if none has ended. */
  Optional<Latencies> latencies(Run run) {
    return jdbc.sql(LATENCIES)
        .param("tenant", Run.TENANT)
        .param("prefix", run.prefix())
        .query(
            (row, _) -> {
              OffsetDateTime last = row.getObject("last_finished", OffsetDateTime.class);
              return last == null
                  ? Optional.<Latencies>empty()
                  : Optional.of(latencies(last.toInstant(), row.getArray("micros")));
            })
        .single();
  }

  /** The sum of all instalments in the results of a run, for each currency. */
  SortedMap<String, BigDecimal> instalments(Run run) {
    SortedMap<String, BigDecimal> paid = new TreeMap<>();
    jdbc.sql(INSTALMENTS)
        .param("tenant", Run.TENANT)
        .param("prefix", run.prefix())
        .query(
            row -> {
              paid.put(row.getString("currency"), row.getBigDecimal("paid"));
            });
    return paid;
  }

  /** The result of one job in short; empty if it has none. */
  Optional<Sample> sample(JobId id, String loan) {
    return jdbc.sql(SAMPLE)
        .param("id", id.value())
        .query(
            (row, _) ->
                new Sample(
                    id,
                    loan,
                    row.getString("currency"),
                    Optional.ofNullable(row.getBigDecimal("level_payment")),
                    row.getInt("instalments"),
                    row.getBigDecimal("interest")))
        .optional();
  }

  private static Latencies latencies(Instant last, Array micros) throws SQLException {
    List<Duration> percentiles = new ArrayList<>();
    for (Object value : (Object[]) micros.getArray()) {
      percentiles.add(Duration.ofNanos(((Number) value).longValue() * 1_000));
    }
    return new Latencies(last, percentiles.get(0), percentiles.get(1), percentiles.get(2));
  }
}
