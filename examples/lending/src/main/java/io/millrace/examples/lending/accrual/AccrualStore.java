package io.millrace.examples.lending.accrual;

import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The days that were accrued, their accruals, and the postings of these. */
final class AccrualStore {

  // No table: the catalogue.
  private static final String HAS_TABLES = "SELECT to_regclass('lending.accrual_day') IS NOT NULL";

  // Locks the day's row. A run takes over from one that was given up for good, which the engine's
  // table of runs says.
  private static final String BEGIN =
      """
      INSERT INTO lending.accrual_day (date, run, last_loan)
      SELECT :date, :run, (SELECT coalesce(max(id), 0) FROM lending.loan)
      FROM lending.accrual_day before WHERE before.date = :date::date - 1 AND before.closed
      ON CONFLICT (date) DO UPDATE SET run = excluded.run
      WHERE NOT accrual_day.closed AND (accrual_day.run = excluded.run
        OR NOT EXISTS (SELECT FROM batch_run WHERE batch_run.id = accrual_day.run AND batch_run.state <> 'ABANDONED'))
      """;

  // No lock: the primary key.
  private static final String DAY =
      """
      SELECT date, run, last_loan, closed AS is_closed FROM lending.accrual_day WHERE date = :date
      """;

  // No lock: the primary key, backwards.
  private static final String LATEST =
      """
      SELECT date, run, last_loan, closed AS is_closed FROM lending.accrual_day ORDER BY date DESC LIMIT 1
      """;

  // Locks the day's row.
  private static final String CLOSE =
      """
      UPDATE lending.accrual_day SET closed = true WHERE date = :date AND run = :run
      """;

  // No lock: a range of the primary key.
  private static final String COUNT_ACTIVE =
      """
      SELECT count(*) FROM lending.loan WHERE id BETWEEN :first AND :last AND disbursed_on <= :date AND matures_on > :date
      """;

  // No lock: a range of the primary key, a page at a time. The subquery is a scalar, so that each
  // loan is looked up in the key of
  // accrual: a join would be planned by statistics that know nothing of this night yet.
  private static final String NOT_ACCRUED =
      """
      SELECT id, currency, principal, annual_rate, day_count FROM lending.loan
      WHERE id > :after AND id <= :last AND disbursed_on <= :date AND matures_on > :date
        AND (SELECT accrual.loan FROM lending.accrual WHERE accrual.date = :date AND accrual.loan = loan.id) IS NULL
      ORDER BY id LIMIT :most
      """;

  // No lock but those of the new rows. What bears nothing today moves no money.
  private static final String POST =
      """
      WITH accrued AS (
        INSERT INTO lending.accrual (loan, date, parts, currency, principal, interest)
        SELECT u.loan, :date, u.parts, u.currency, u.principal, u.interest
        FROM unnest(:loan::bigint[], :parts::integer[], :currency::text[], :principal::numeric[], :interest::numeric[])
          AS u (loan, parts, currency, principal, interest)
        RETURNING loan, date, currency, interest
      )
      INSERT INTO lending.posting (loan, date, debit, credit, currency, amount)
      SELECT loan, date, :debit, :credit, currency, interest FROM accrued WHERE interest > 0
      """;

  /**
   * A day.
   *
   * @param run which began it
   * @param lastLoan the highest id in the book when it was begun
   */
  record Day(LocalDate date, UUID run, long lastLoan, boolean isClosed) {}

  private final JdbcClient jdbc;

  AccrualStore(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** Whether the lender's tables are there. */
  boolean hasTables() {
    return jdbc.sql(HAS_TABLES).query(Boolean.class).single();
  }

  /**
   * Begins a day, or goes on with it: the day before has to be closed, and this one not.
   *
   * @return false if that is not so, or the day is another run's
   */
  boolean begin(LocalDate date, UUID run) {
    return jdbc.sql(BEGIN).param("date", date).param("run", run).update() == 1;
  }

  Optional<Day> day(LocalDate date) {
    return jdbc.sql(DAY).param("date", date).query(Day.class).optional();
  }

  /** The last day that was begun; empty if no book was ever opened. */
  Optional<Day> latestDay() {
    return jdbc.sql(LATEST).query(Day.class).optional();
  }

  /**
   * Closes a day.
   *
   * @return false if it is not the run's
   */
  boolean close(LocalDate date, UUID run) {
    return jdbc.sql(CLOSE).param("date", date).param("run", run).update() == 1;
  }

  /** How many loans bear interest on a day. */
  long countActive(LoanRange range, LocalDate date) {
    return jdbc.sql(COUNT_ACTIVE)
        .param("first", range.first())
        .param("last", range.last())
        .param("date", date)
        .query(Long.class)
        .single();
  }

  /**
   * Loans that bear interest on a day and have no accrual of it yet, by their ids.
   *
   * @param after only those with higher ids
   * @param last only those with this id or lower ones
   * @param most how many at most
   */
  List<ActiveLoan> notAccrued(LocalDate date, long after, long last, int most) {
    return jdbc.sql(NOT_ACCRUED)
        .param("date", date)
        .param("after", after)
        .param("last", last)
        .param("most", most)
        .query(
            (row, _) ->
                new ActiveLoan(
                    row.getLong("id"),
                    row.getString("currency"),
                    row.getBigDecimal("principal"),
                    row.getBigDecimal("annual_rate"),
                    DayCount.valueOf(row.getString("day_count"))))
        .list();
  }

  /**
   * Keeps accruals of a day and posts them to the ledger, all of them or none.
   *
   * @throws org.springframework.dao.DuplicateKeyException if a loan has an accrual of the day
   */
  void post(LocalDate date, List<? extends Accrual> accruals) {
    jdbc.sql(POST)
        .param("date", date)
        .param("debit", Account.INTEREST_RECEIVABLE.number())
        .param("credit", Account.INTEREST_INCOME.number())
        .param("loan", accruals.stream().map(accrual -> accrual.loan().id()).toArray(Long[]::new))
        .param("parts", accruals.stream().map(Accrual::parts).toArray(Long[]::new))
        .param("currency", texts(accruals, accrual -> accrual.loan().currency()))
        .param("principal", texts(accruals, accrual -> plain(accrual.loan().principal())))
        .param("interest", texts(accruals, accrual -> plain(accrual.interest())))
        .update();
  }

  private static String plain(BigDecimal amount) {
    return amount.toPlainString();
  }

  private static String[] texts(
      List<? extends Accrual> accruals, Function<Accrual, String> column) {
    return accruals.stream().map(column).toArray(String[]::new);
  }
}
