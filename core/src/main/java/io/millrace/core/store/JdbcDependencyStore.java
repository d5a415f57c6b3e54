package io.millrace.core.store;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dependencies in PostgreSQL. Every method is one statement. */
public final class JdbcDependencyStore implements DependencyStore {

  // No lock: reads the table, which has a row for each dependency that ever was in trouble.
  private static final String TROUBLED =
      """
      SELECT key, circuit,
        (extract(epoch FROM clock_timestamp() - changed_at) * 1000000)::bigint AS since,
        (extract(epoch FROM retry_at - clock_timestamp()) * 1000000)::bigint AS until_retry,
        (extract(epoch FROM rest_until - clock_timestamp()) * 1000000)::bigint AS rest
      FROM dependency
      WHERE circuit <> 'CLOSED' OR changed_at > clock_timestamp() - interval '1 minute' OR rest_until > clock_timestamp()
      """;

  // Locks the row, by the primary key. The wait doubles with each opening in a row.
  private static final String OPEN =
      """
      WITH opened AS (
        INSERT INTO dependency AS known (key, circuit, changed_at, retry_at, openings, reason)
        SELECT :key, 'OPEN', clock_timestamp(), clock_timestamp() + :wait * interval '1 microsecond', 1, :reason
        WHERE :from = 'CLOSED' OR EXISTS (SELECT FROM dependency WHERE key = :key)
        ON CONFLICT (key) DO UPDATE SET
          circuit = 'OPEN', changed_at = clock_timestamp(), openings = known.openings + 1, reason = excluded.reason,
          retry_at = clock_timestamp() + least(:wait * power(2, least(known.openings, 30)), :longest) * interval '1 microsecond'
        WHERE known.circuit = :from AND NOT known.forced
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM opened
      """;

  // Locks the row, by the primary key.
  private static final String PROBE =
      """
      WITH probing AS (
        UPDATE dependency SET
          circuit = 'HALF_OPEN', changed_at = clock_timestamp(), retry_at = clock_timestamp() + :patience * interval '1 microsecond'
        WHERE key = :key AND circuit <> 'CLOSED' AND NOT forced AND retry_at <= clock_timestamp()
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM probing
      """;

  // Locks the row, by the primary key.
  private static final String CLOSE =
      """
      WITH closed AS (
        UPDATE dependency SET circuit = 'CLOSED', changed_at = clock_timestamp(), retry_at = NULL, openings = 0
        WHERE key = :key AND circuit = 'HALF_OPEN' AND NOT forced
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM closed
      """;

  // Locks the row, by the primary key.
  private static final String REST =
      """
      WITH resting AS (
        INSERT INTO dependency AS known (key, circuit, changed_at, openings, rest_until)
        VALUES (:key, 'CLOSED', clock_timestamp() - interval '1 day', 0, clock_timestamp() + :rest * interval '1 microsecond')
        ON CONFLICT (key) DO UPDATE SET rest_until = excluded.rest_until
        WHERE known.rest_until IS NULL OR known.rest_until < excluded.rest_until
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM resting
      """;

  // Locks the row, by the primary key. What is open has a probe due, but not in this century.
  private static final String FORCE =
      """
      WITH decided AS (
        INSERT INTO dependency AS known (key, circuit, changed_at, retry_at, openings, forced, forced_by, reason)
        VALUES (:key, :circuit, clock_timestamp(), CASE :circuit WHEN 'OPEN' THEN clock_timestamp() + interval '100 years' END,
          CASE :circuit WHEN 'OPEN' THEN 1 ELSE 0 END, true, :by, :reason)
        ON CONFLICT (key) DO UPDATE SET
          circuit = excluded.circuit, changed_at = clock_timestamp(), retry_at = excluded.retry_at, openings = excluded.openings,
          forced = true, forced_by = excluded.forced_by, reason = excluded.reason
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM decided
      """;

  // Locks the row, by the primary key.
  private static final String AUTOMATIC =
      """
      WITH undecided AS (
        UPDATE dependency SET
          forced = false, forced_by = NULL, changed_at = clock_timestamp(), retry_at = CASE circuit WHEN 'OPEN' THEN clock_timestamp() END
        WHERE key = :key AND forced
        RETURNING key)
      SELECT count(pg_notify(:channel, key)) FROM undecided
      """;

  private final JdbcClient jdbc;

  public JdbcDependencyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<DependencyKey, DependencyState> troubled() {
    Map<DependencyKey, DependencyState> troubled = new HashMap<>();
    jdbc.sql(TROUBLED)
        .query(
            row -> {
              troubled.put(
                  new DependencyKey(row.getString("key")),
                  new DependencyState(
                      Circuit.valueOf(row.getString("circuit")),
                      micros(row.getLong("since")),
                      micros(row.getLong("until_retry")),
                      micros(row.getLong("rest"))));
            });
    return troubled;
  }

  /** Null reads as zero; what is past is over. */
  private static Duration micros(long micros) {
    return Duration.ofNanos(Math.max(0, micros) * 1_000);
  }

  @Override
  public boolean open(
      DependencyKey key, Circuit from, Duration wait, Duration longest, String reason) {
    return changed(
        statement(OPEN, key)
            .param("from", from.name())
            .param("wait", inMicros(wait))
            .param("longest", inMicros(longest))
            .param("reason", reason.replace('\0', '\uFFFD')));
  }

  @Override
  public boolean probe(DependencyKey key, Duration patience) {
    return changed(statement(PROBE, key).param("patience", inMicros(patience)));
  }

  @Override
  public boolean close(DependencyKey key) {
    return changed(statement(CLOSE, key));
  }

  @Override
  public void force(DependencyKey key, Circuit circuit, String by, String reason) {
    changed(
        statement(FORCE, key)
            .param("circuit", circuit.name())
            .param("by", by)
            .param("reason", reason));
  }

  @Override
  public boolean automatic(DependencyKey key) {
    return changed(statement(AUTOMATIC, key));
  }

  @Override
  public void rest(DependencyKey key, Duration rest) {
    changed(statement(REST, key).param("rest", inMicros(rest)));
  }

  private JdbcClient.StatementSpec statement(String sql, DependencyKey key) {
    return jdbc.sql(sql).param("key", key.value()).param("channel", Notifications.DEPENDENCY);
  }

  private static long inMicros(Duration time) {
    return time.toNanos() / 1_000;
  }

  private static boolean changed(JdbcClient.StatementSpec statement) {
    return statement.query(Long.class).single() > 0;
  }
}
