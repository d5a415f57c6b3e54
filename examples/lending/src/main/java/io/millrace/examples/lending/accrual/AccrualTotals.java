package io.millrace.examples.lending.accrual;

import io.millrace.batch.ControlTotal;
import io.millrace.batch.ControlTotals;
import io.millrace.batch.RunContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a day must come to, in each currency, found a second time: PostgreSQL counts the days and
 * computes the interest from the loans themselves, in whole numbers, and shares no code with the
 * accrual.
 */
final class AccrualTotals implements ControlTotals {

  // No lock: the whole book, a day of each key, and the month's statements, since a month's end has
  // raised the principals by then.
  // Rounds half up by a division of whole numbers: a quotient with decimals is rounded already, and
  // would be rounded twice.
  private static final String OF_DAY =
      """
      WITH day AS (
        SELECT :date::date AS today, :date::date + 1 AS next
      ), fraction (day_count, parts, year) AS (
        SELECT 'ACT_360', 1, 360
        UNION ALL SELECT 'ACT_365F', 1, 365
        UNION ALL SELECT 'ACT_ACT_ISDA', 1, extract(doy FROM make_date(extract(year FROM today)::integer, 12, 31)) FROM day
        UNION ALL SELECT 'THIRTY_360',
          360 * (extract(year FROM next) - extract(year FROM today)) + 30 * (extract(month FROM next) - extract(month FROM today))
          + CASE WHEN extract(day FROM today) >= 30 THEN least(extract(day FROM next), 30) - 30
                 ELSE extract(day FROM next) - extract(day FROM today) END, 360
        FROM day
      ), bearing AS (
        SELECT loan.currency, coalesce(statement.opening, loan.principal) * loan.annual_rate * parts * 10000000000 AS dividend, year
        FROM lending.loan JOIN fraction USING (day_count)
        LEFT JOIN lending.statement ON statement.date = :date AND statement.loan = loan.id
        WHERE loan.disbursed_on <= :date AND :date < loan.matures_on
          AND loan.id <= (SELECT last_loan FROM lending.accrual_day WHERE date = :date)
      ), expected AS (
        SELECT currency, count(*) AS loans, sum(div(2 * dividend + year, 2 * year)) * 0.0000000001 AS interest
        FROM bearing GROUP BY currency
      ), accrued AS (
        SELECT currency, count(*) AS loans, sum(interest) AS interest FROM lending.accrual WHERE date = :date GROUP BY currency
      ), posted AS (
        SELECT currency, sum(amount) AS interest FROM lending.posting WHERE date = :date AND debit = :receivable GROUP BY currency
      )
      SELECT 'loans ' || currency AS name, coalesce(expected.loans, 0) AS expected, coalesce(accrued.loans, 0) AS actual
      FROM expected FULL JOIN accrued USING (currency)
      UNION ALL SELECT 'interest ' || currency, coalesce(expected.interest, 0), coalesce(accrued.interest, 0)
      FROM expected FULL JOIN accrued USING (currency)
      UNION ALL SELECT 'posted ' || currency, coalesce(accrued.interest, 0), coalesce(posted.interest, 0)
      FROM accrued FULL JOIN posted USING (currency)
      """;

  // No lock: a month of accruals, a day of the others, and the loans of its statements.
  private static final String OF_MONTH =
      """
      WITH accrued AS (
        SELECT currency, sum(interest) AS interest FROM lending.accrual
        WHERE date BETWEEN date_trunc('month', :date::date)::date AND :date GROUP BY currency
      ), stated AS (
        SELECT statement.currency, sum(interest) AS interest, sum(capitalised) AS capitalised, sum(closing) AS closing,
          sum(loan.principal) AS principal
        FROM lending.statement LEFT JOIN lending.loan ON loan.id = statement.loan
        WHERE date = :date GROUP BY statement.currency
      ), posted AS (
        SELECT currency, sum(amount) AS capitalised FROM lending.posting WHERE date = :date AND debit = :loans GROUP BY currency
      )
      SELECT 'month ' || currency AS name, coalesce(accrued.interest, 0) AS expected, coalesce(stated.interest, 0) AS actual
      FROM accrued FULL JOIN stated USING (currency)
      UNION ALL SELECT 'capitalised ' || currency, coalesce(stated.capitalised, 0), coalesce(posted.capitalised, 0)
      FROM stated FULL JOIN posted USING (currency)
      UNION ALL SELECT 'principal ' || currency, closing, principal
      FROM stated
      """;

  private final JdbcClient jdbc;

  AccrualTotals(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  @Override
  public List<ControlTotal> totals(RunContext run) {
    LocalDate date = run.date("date");
    List<ControlTotal> totals =
        new ArrayList<>(totals(OF_DAY, date, "receivable", Account.INTEREST_RECEIVABLE));
    if (MonthEnd.is(date)) {
      totals.addAll(totals(OF_MONTH, date, "loans", Account.LOANS));
    }
    return totals;
  }

  private List<ControlTotal> totals(String sql, LocalDate date, String name, Account debit) {
    return jdbc.sql(sql)
        .param("date", date)
        .param(name, debit.number())
        .query(
            (row, _) ->
                new ControlTotal(
                    row.getString("name"),
                    row.getBigDecimal("expected"),
                    row.getBigDecimal("actual")))
        .list();
  }
}
