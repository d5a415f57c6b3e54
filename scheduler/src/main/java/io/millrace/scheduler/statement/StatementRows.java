package io.millrace.scheduler.statement;

import io.millrace.scheduler.statement.StatementLine.Ends;
import io.millrace.scheduler.statement.StatementLine.Part;
import io.millrace.scheduler.statement.StatementLine.Percentiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows as parts and lines of statements, and lines as columns. */
final class StatementRows {

  private StatementRows() {}

  static Ends ends(ResultSet row) throws SQLException {
    return new Ends(
        row.getLong("succeeded"),
        row.getLong("failed"),
        row.getLong("cancelled"),
        row.getLong("expired"));
  }

  static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getString("tenant"),
        row.getString("type"),
        ends(row),
        row.getLong("attempts"),
        row.getLong("run_micros"),
        durations(row, "run"),
        durations(row, "total"));
  }

  private static Durations durations(ResultSet row, String of) throws SQLException {
    return Durations.of(
        (Integer[]) row.getArray(of + "_buckets").getArray(),
        (Long[]) row.getArray(of + "_counts").getArray(),
        row.getLong(of + "_longest"));
  }

  static StatementLine line(ResultSet row) throws SQLException {
    return new StatementLine(
        row.getString("tenant"),
        row.getString("type"),
        ends(row),
        row.getLong("attempts"),
        row.getLong("run_micros"),
        percentiles(row, "run"),
        percentiles(row, "total"));
  }

  private static @Nullable Percentiles percentiles(ResultSet row, String of) throws SQLException {
    long longest = row.getLong(of + "_longest");
    return row.wasNull()
        ? null
        : new Percentiles(
            row.getLong(of + "_p50"), row.getLong(of + "_p95"), row.getLong(of + "_p99"), longest);
  }

  static Long[] numbers(List<StatementLine> lines, ToLongFunction<StatementLine> column) {
    return lines.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  /** Numbers that are missing where nothing ran to its end. */
  static @Nullable Long[] numbers(
      List<StatementLine> lines,
      Function<StatementLine, @Nullable Percentiles> of,
      ToLongFunction<Percentiles> column) {
    @Nullable Long[] array = new @Nullable Long[lines.size()];
    int i = 0;
    for (StatementLine line : lines) {
      Percentiles percentiles = of.apply(line);
      array[i++] = percentiles == null ? null : column.applyAsLong(percentiles);
    }
    return array;
  }
}
