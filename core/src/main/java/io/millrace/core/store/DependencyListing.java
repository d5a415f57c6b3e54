package io.millrace.core.store;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Dependencies as people look for them. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class DependencyListing {

  // No lock: the whole table, which has a row for each dependency that ever was in trouble, or the
  // primary key.
  private static final String KNOWN =
      """
      SELECT key, circuit, changed_at, retry_at, openings, rest_until, reason, forced_by
      FROM dependency
      WHERE (:key::text IS NULL OR key = :key::text)
      ORDER BY circuit = 'CLOSED', key LIMIT :most
      """;

  // No lock: the whole table, which has a row for each key that has been used lately. An arrival
  // lies ahead by what has been used of its window.
  private static final String USED =
      """
      SELECT limits.key, used.rate, greatest(extract(epoch FROM used.arrival - clock_timestamp()), 0)::float8 AS ahead
      FROM rate_limit AS limits CROSS JOIN LATERAL unnest(limits.windows, limits.arrivals) AS used (rate, arrival)
      ORDER BY limits.key, used.rate
      """;

  private final JdbcClient jdbc;

  /**
   * A dependency that is, or was, in trouble.
   *
   * @param since since when its circuit is so
   * @param retryAt when a probe is due, or is taken for lost; null if none is to be made
   * @param openings in a row
   * @param restUntil before when nothing is called, since it asked for that; null if it did not
   * @param reason why it was opened last, or forced
   * @param forcedBy who has decided in the place of probes; null if nobody has
   */
  public record Known(
      DependencyKey key,
      Circuit circuit,
      Instant since,
      @Nullable Instant retryAt,
      int openings,
      @Nullable Instant restUntil,
      @Nullable String reason,
      @Nullable String forcedBy) {}

  /**
   * A limit that is in use.
   *
   * @param rate as it is configured, such as {@code 20/s}
   * @param aheadSeconds how far calls are booked ahead of the clock
   */
  public record Used(String rate, double aheadSeconds) {}

  public DependencyListing(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that are not closed first. */
  public List<Known> known(int most) {
    return jdbc.sql(KNOWN)
        .param("key", null)
        .param("most", most)
        .query((row, _) -> known(row))
        .list();
  }

  /** One of them. */
  public Optional<Known> find(DependencyKey key) {
    return jdbc.sql(KNOWN)
        .param("key", key.value())
        .param("most", 1)
        .query((row, _) -> known(row))
        .optional();
  }

  /** The limits that are in use, by what they limit. */
  public Map<String, List<Used>> used() {
    Map<String, List<Used>> used = new TreeMap<>();
    jdbc.sql(USED)
        .query(
            row -> {
              used.computeIfAbsent(row.getString("key"), _ -> new ArrayList<>())
                  .add(new Used(row.getString("rate"), row.getDouble("ahead")));
            });
    return used;
  }

  private static Known known(ResultSet row) throws SQLException {
    String forcedBy = row.getString("forced_by");
    Instant since = instant(row, "changed_at");
    if (since == null) {
      throw new SQLException("a circuit is so since some time");
    }
    return new Known(
        new DependencyKey(row.getString("key")),
        Circuit.valueOf(row.getString("circuit")),
        since,
        forcedBy == null ? instant(row, "retry_at") : null,
        row.getInt("openings"),
        instant(row, "rest_until"),
        row.getString("reason"),
        forcedBy);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
