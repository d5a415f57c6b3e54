package io.millrace.scheduler.statement;

import io.millrace.scheduler.statement.StatementLine.Ends;
import io.millrace.scheduler.statement.StatementLine.Percentiles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements in PostgreSQL. It never begins a transaction. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
final class LineStore {

  private static final String INSERT =
      """
      INSERT INTO statement_line (business_date, run_id, tenant, type, succeeded, failed, cancelled, expired, attempts, run_micros,
        run_p50, run_p95, run_p99, run_longest, total_p50, total_p95, total_p99, total_longest)
      SELECT :date, :run, u.* FROM unnest(
        :tenant::text[], :type::text[], :succeeded::bigint[], :failed::bigint[], :cancelled::bigint[], :expired::bigint[],
        :attempts::bigint[], :runMicros::bigint[],
        :runP50::bigint[], :runP95::bigint[], :runP99::bigint[], :runLongest::bigint[],
        :totalP50::bigint[], :totalP95::bigint[], :totalP99::bigint[], :totalLongest::bigint[]) AS u
      """;

  // Locks the row of the day.
  private static final String PUBLISH =
      """
      INSERT INTO statement (business_date, run_id, begins_at, ends_at, published_at)
      VALUES (:date, :run, :begins, :ends, :now)
      ON CONFLICT (business_date) DO UPDATE
      SET run_id = excluded.run_id, begins_at = excluded.begins_at, ends_at = excluded.ends_at, published_at = excluded.published_at
      """;

  // No lock: the primary key.
  private static final String GROUPS =
      """
      SELECT max(tenant) AS last, count(*) AS tenants
      FROM (
        SELECT tenant, (row_number() OVER (ORDER BY tenant) - 1) / :size AS place
        FROM (SELECT DISTINCT tenant FROM statement_line WHERE business_date = :date) AS stated) AS numbered
      GROUP BY place ORDER BY place
      """;

  // No lock: the primary key.
  private static final String NEXT =
      """
      SELECT DISTINCT tenant FROM statement_line WHERE business_date = :date AND tenant > :after AND tenant <= :last
      ORDER BY tenant LIMIT :most
      """;

  // No lock: the primary key.
  private static final String LINES =
      """
      SELECT tenant, type, succeeded, failed, cancelled, expired, attempts, run_micros,
        run_p50, run_p95, run_p99, run_longest, total_p50, total_p95, total_p99, total_longest
      FROM statement_line WHERE business_date = :date AND run_id = :run AND tenant = ANY (:tenants::text[])
      ORDER BY type
      """;

  // Locks the rows, by the primary key.
  private static final String FORGET =
      """
      DELETE FROM statement_line WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM statement_line WHERE business_date = :date AND run_id <> :run LIMIT :most))
      """;

  // No lock: the primary key.
  private static final String ENDS =
      """
      SELECT coalesce(sum(succeeded), 0) AS succeeded, coalesce(sum(failed), 0) AS failed,
        coalesce(sum(cancelled), 0) AS cancelled, coalesce(sum(expired), 0) AS expired
      FROM statement_line WHERE business_date = :date AND run_id = :run
      """;

  private final JdbcClient jdbc;

  LineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds lines that nobody sees until the run is published. */
  void add(UUID run, LocalDate date, List<StatementLine> lines) {
    jdbc.sql(INSERT)
        .param("date", date)
        .param("run", run)
        .param("tenant", lines.stream().map(StatementLine::tenant).toArray(String[]::new))
        .param("type", lines.stream().map(StatementLine::type).toArray(String[]::new))
        .param("succeeded", StatementRows.numbers(lines, line -> line.ends().succeeded()))
        .param("failed", StatementRows.numbers(lines, line -> line.ends().failed()))
        .param("cancelled", StatementRows.numbers(lines, line -> line.ends().cancelled()))
        .param("expired", StatementRows.numbers(lines, line -> line.ends().expired()))
        .param("attempts", StatementRows.numbers(lines, StatementLine::attempts))
        .param("runMicros", StatementRows.numbers(lines, StatementLine::runMicros))
        .params(percentiles(lines))
        .update();
  }

  private static Map<String, Object> percentiles(List<StatementLine> lines) {
    return Map.of(
        "runP50", StatementRows.numbers(lines, StatementLine::run, Percentiles::p50),
        "runP95", StatementRows.numbers(lines, StatementLine::run, Percentiles::p95),
        "runP99", StatementRows.numbers(lines, StatementLine::run, Percentiles::p99),
        "runLongest", StatementRows.numbers(lines, StatementLine::run, Percentiles::longest),
        "totalP50", StatementRows.numbers(lines, StatementLine::total, Percentiles::p50),
        "totalP95", StatementRows.numbers(lines, StatementLine::total, Percentiles::p95),
        "totalP99", StatementRows.numbers(lines, StatementLine::total, Percentiles::p99),
        "totalLongest", StatementRows.numbers(lines, StatementLine::total, Percentiles::longest));
  }

  /** Makes the lines of a run the statement of its day, in place of another's. */
  void publish(UUID run, BusinessDay day, Instant now) {
    jdbc.sql(PUBLISH)
        .param("date", day.date())
        .param("run", run)
        .param("begins", day.begins().atOffset(ZoneOffset.UTC))
        .param("ends", day.ends().atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The tenants that have lines of a day, of whatever run, in groups of {@code size}. */
  List<TenantGroup> groups(LocalDate date, int size) {
    return TenantGroup.inOrder(
        jdbc.sql(GROUPS).param("date", date).param("size", size).query(TenantGroup::end).list());
  }

  /**
   * The next tenants of a group, in order, with their lines of a run, in the order of types. Who
   * has lines of other runs only comes with none.
   */
  SequencedMap<String, List<StatementLine>> next(
      UUID run, LocalDate date, TenantGroup left, int most) {
    SequencedMap<String, List<StatementLine>> lines = new LinkedHashMap<>();
    jdbc.sql(NEXT)
        .param("date", date)
        .param("after", left.after())
        .param("last", left.last())
        .param("most", most)
        .query(
            row -> {
              lines.put(row.getString("tenant"), new ArrayList<>());
            });
    jdbc.sql(LINES)
        .param("date", date)
        .param("run", run)
        .param("tenants", lines.keySet().toArray(String[]::new))
        .query(
            row -> {
              StatementLine line = StatementRows.line(row);
              lines.computeIfAbsent(line.tenant(), _ -> new ArrayList<>()).add(line);
            });
    return lines;
  }

  /**
   * Deletes lines of a day that other runs have written.
   *
   * @return how many; fewer than {@code most} if none is left
   */
  int forgetOthers(UUID run, LocalDate date, int most) {
    return jdbc.sql(FORGET).param("run", run).param("date", date).param("most", most).update();
  }

  /** How many jobs ended how, by the lines of a run. */
  Ends ends(UUID run, LocalDate date) {
    return jdbc.sql(ENDS)
        .param("run", run)
        .param("date", date)
        .query((row, _) -> StatementRows.ends(row))
        .single();
  }
}
