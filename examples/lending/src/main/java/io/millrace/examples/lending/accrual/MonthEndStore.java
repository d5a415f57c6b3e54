package io.millrace.examples.lending.accrual;

import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a month's interest: principal, a statement, and word of it. */
final class MonthEndStore {

  // Locks the rows of the loans. Each day is looked up by itself, in the key of accrual, which
  // begins with the date.
  private static final String CAPITALISE =
      """
      WITH due AS (
        SELECT loan.id, loan.currency, loan.principal, loan.decimals, loan.carried AS brought, month.interest
        FROM (
          SELECT accrual.loan, sum(accrual.interest) AS interest
          FROM unnest(:days::date[]) AS day (date) CROSS JOIN LATERAL (
            SELECT a.loan, a.interest FROM lending.accrual a
            WHERE a.date = day.date AND a.loan BETWEEN :first AND :last
            OFFSET 0
          ) AS accrual
          GROUP BY accrual.loan
        ) AS month JOIN lending.loan ON loan.id = month.loan
      ), rounded AS (
        SELECT id, currency, principal, brought, interest, greatest(round(brought + interest, decimals), 0) AS capitalised FROM due
      ), stated AS (
        INSERT INTO lending.statement (loan, date, currency, opening, brought, interest, capitalised, carried, closing)
        SELECT id, :date, currency, principal, brought, interest, capitalised, brought + interest - capitalised, principal + capitalised
        FROM rounded
        RETURNING loan, date, currency, capitalised, carried, closing
      ), posted AS (
        INSERT INTO lending.posting (loan, date, debit, credit, currency, amount)
        SELECT loan, date, :debit, :credit, currency, capitalised FROM stated WHERE capitalised > 0
      )
      UPDATE lending.loan SET principal = stated.closing, carried = stated.carried FROM stated WHERE loan.id = stated.loan
      """;

  // No lock but those of the new jobs, in the order of the currencies. The run is in the message
  // id: it stays the same over restarts.
  private static final String ENQUEUE =
      """
      SELECT enqueue_job(
        tenant => :tenant,
        type => 'webhook.deliver',
        message_id => format('loan-statements-%s-%s', :run, sums.currency),
        payload => convert_to(json_build_object(
          'endpoint', :endpoint::text,
          'type', 'loan.statements',
          'data', json_build_object(
            'date', :date::date,
            'currency', sums.currency,
            'statements', sums.statements,
            'interest', sums.interest::text,
            'capitalised', sums.capitalised::text,
            'principal', sums.principal::text))::text, 'UTF8'))
      FROM (
        SELECT currency, count(*) AS statements, sum(interest) AS interest, sum(capitalised) AS capitalised, sum(closing) AS principal
        FROM lending.statement WHERE date = :date GROUP BY currency ORDER BY currency
      ) AS sums
      """;

  private final JdbcClient jdbc;

  MonthEndStore(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * Adds the month's accruals of loans to their principal, in whole minor units, posts that to the
   * ledger and writes their statements, for all of them or none. Rounding is half up; what it
   * leaves over, or takes ahead, is part of the next month.
   *
   * @param date the last day of the month
   * @return how many loans had accruals
   * @throws org.springframework.dao.DuplicateKeyException if one has a statement of this month
   */
  int capitalise(LocalDate date, LoanRange loans) {
    return jdbc.sql(CAPITALISE)
        .param("date", date)
        .param("days", daysOfMonth(date))
        .param("first", loans.first())
        .param("last", loans.last())
        .param("debit", Account.LOANS.number())
        .param("credit", Account.INTEREST_RECEIVABLE.number())
        .update();
  }

  /**
   * Enqueues a {@code webhook.deliver} job for each currency, which says what its statements come
   * to.
   *
   * @param tenant whose endpoint it is
   * @return how many were enqueued
   */
  int enqueueWebhooks(LocalDate date, UUID run, String tenant, String endpoint) {
    return jdbc.sql(ENQUEUE)
        .param("date", date)
        .param("run", run)
        .param("tenant", tenant)
        .param("endpoint", endpoint)
        .query(Boolean.class)
        .list()
        .size();
  }

  private static String[] daysOfMonth(LocalDate last) {
    return Stream.iterate(last.withDayOfMonth(1), day -> !day.isAfter(last), day -> day.plusDays(1))
        .map(LocalDate::toString)
        .toArray(String[]::new);
  }
}
