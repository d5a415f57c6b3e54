package io.millrace.examples.lending.accrual;

import io.millrace.batch.BatchJob;
import io.millrace.batch.ControlTotal;
import io.millrace.examples.lending.amortization.DayCount;
import io.millrace.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A lender in a database of its own, beside the engine's tables, and its batches. */
final class Lender implements AutoCloseable {

  private static final int PARTITIONS = 3;

  private final TestDatabase database = TestDatabase.fresh();

  /** One for all, since a connection of its own for each statement takes longer than the work. */
  private final SingleConnectionDataSource connections =
      new SingleConnectionDataSource(
          database.jdbcUrl(), database.user(), database.password(), true);

  private final JdbcClient jdbc = JdbcClient.create(connections);
  private final BatchJob load;
  private final BatchJob accrual;

  Lender() {
    Flyway.configure().dataSource(connections).load().migrate();
    List<BatchJob> jobs = LendingBatches.jobs(connections, PARTITIONS);
    load = jobs.getFirst();
    accrual = jobs.getLast();
  }

  /** A lender with loans that are made up, whose first day is given. */
  static Lender withBook(int loans, LocalDate opensOn) throws Exception {
    Lender lender = new Lender();
    lender.load(loans, opensOn).complete();
    return lender;
  }

  DrivenRun load(int loans, LocalDate opensOn) {
    return load(Map.of("loans", Integer.toString(loans), "seed", "7", "date", opensOn.toString()));
  }

  DrivenRun load(Map<String, String> parameters) {
    return new DrivenRun(load, connections, parameters);
  }

  DrivenRun accrual(LocalDate date) {
    return accrual(date, Map.of());
  }

  DrivenRun accrual(LocalDate date, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("date", date.toString());
    return new DrivenRun(accrual, connections, all);
  }

  /** Accrues the days from one to another, both included. */
  List<ControlTotal> accrue(LocalDate first, LocalDate last) throws Exception {
    List<ControlTotal> totals = List.of();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      totals = accrual(date).complete();
    }
    return totals;
  }

  /** Puts a loan into the book that is in no seed. */
  void lend(
      long id,
      String currency,
      int decimals,
      String principal,
      String rate,
      DayCount dayCount,
      LocalDate disbursedOn,
      LocalDate maturesOn) {
    jdbc.sql(
            """
            INSERT INTO lending.loan (id, reference, currency, decimals, principal, annual_rate, day_count, disbursed_on, matures_on)
            VALUES (?, 'by hand', ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            id,
            currency,
            decimals,
            new BigDecimal(principal),
            new BigDecimal(rate),
            dayCount.name(),
            disbursedOn,
            maturesOn)
        .update();
  }

  long count(String sql, Object... parameters) {
    return jdbc.sql(sql).params(parameters).query(Long.class).single();
  }

  BigDecimal amount(String sql, Object... parameters) {
    return jdbc.sql(sql).params(parameters).query(BigDecimal.class).single();
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  DataSource connections() {
    return connections;
  }

  @Override
  public void close() {
    connections.destroy();
    database.close();
  }
}
