package io.millrace.examples.lending.accrual;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.examples.lending.amortization.LoanTerms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of the lender, and the loans that are put into them. */
final class BookStore {

  private static final String TABLES = "lending.sql";

  // Locks the only row.
  private static final String CLAIM =
      """
      INSERT INTO lending.book (run, seed, loans, opens_on) VALUES (:run, :seed, :loans, :opensOn)
      ON CONFLICT (one) DO UPDATE SET run = excluded.run WHERE book.run = excluded.run
      """;

  // No lock but those of the new rows.
  private static final String INSERT =
      """
      INSERT INTO lending.loan (id, reference, currency, decimals, principal, annual_rate, day_count, disbursed_on, matures_on)
      SELECT u.* FROM unnest(
        :id::bigint[], :reference::text[], :currency::text[], :decimals::smallint[], :principal::numeric[], :annualRate::numeric[],
        :dayCount::text[], :disbursedOn::date[], :maturesOn::date[]) AS u
      """;

  // No lock but that of the new row.
  private static final String OPEN =
      """
      INSERT INTO lending.accrual_day (date, run, last_loan, closed)
      SELECT opens_on - 1, run, loans, true FROM lending.book
      ON CONFLICT (date) DO NOTHING
      """;

  // Tells the planner what has come; in a transaction as well.
  private static final String ANALYZE = "ANALYZE lending.loan";

  // No lock: the whole table.
  private static final String SUMS =
      """
      SELECT count(*) AS loans, coalesce(sum(principal), 0) AS principal FROM lending.loan
      """;

  /**
   * What the whole book comes to.
   *
   * @param principal of all loans, whatever their currency: good for comparing and nothing else
   */
  record Sums(long loans, BigDecimal principal) {}

  private final DataSource database;
  private final JdbcClient jdbc;

  BookStore(DataSource database) {
    this.database = database;
    this.jdbc = JdbcClient.create(database);
  }

  /** Makes those tables that are not there yet. */
  void makeTables() {
    new JdbcTemplate(database).execute(script());
  }

  /**
   * Makes the book that of a run.
   *
   * @return false if it is another's already
   */
  boolean claim(UUID run, long seed, long loans, LocalDate opensOn) {
    return jdbc.sql(CLAIM)
            .param("run", run)
            .param("seed", seed)
            .param("loans", loans)
            .param("opensOn", opensOn)
            .update()
        == 1;
  }

  /**
   * Adds loans, all of them or none.
   *
   * @throws org.springframework.dao.DuplicateKeyException if one is there already
   */
  void insert(List<? extends NumberedLoan> loans) {
    jdbc.sql(INSERT)
        .param("id", loans.stream().map(NumberedLoan::number).toArray(Integer[]::new))
        .param("reference", texts(loans, loan -> loan.loan().id()))
        .param("currency", terms(loans, terms -> terms.currency().getCurrencyCode()))
        .param("decimals", terms(loans, terms -> Integer.toString(terms.decimals())))
        .param("principal", terms(loans, terms -> terms.principal().toPlainString()))
        .param("annualRate", terms(loans, terms -> terms.annualRate().toPlainString()))
        .param("dayCount", terms(loans, terms -> terms.dayCount().name()))
        .param("disbursedOn", terms(loans, terms -> terms.disbursedOn().toString()))
        .param("maturesOn", terms(loans, terms -> terms.dueOn(terms.instalments()).toString()))
        .update();
  }

  /** Closes the day before the first one that is to be accrued, so that that one may begin. */
  void open() {
    jdbc.sql(OPEN).update();
    jdbc.sql(ANALYZE).update();
  }

  Sums sums() {
    return jdbc.sql(SUMS)
        .query((row, _) -> new Sums(row.getLong("loans"), row.getBigDecimal("principal")))
        .single();
  }

  private static String[] terms(
      List<? extends NumberedLoan> loans, Function<LoanTerms, String> column) {
    return texts(loans, loan -> column.apply(loan.loan().terms()));
  }

  private static String[] texts(
      List<? extends NumberedLoan> loans, Function<NumberedLoan, String> column) {
    return loans.stream().map(column).toArray(String[]::new);
  }

  private static String script() {
    try (InputStream script =
        Objects.requireNonNull(BookStore.class.getResourceAsStream(TABLES), TABLES)) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
