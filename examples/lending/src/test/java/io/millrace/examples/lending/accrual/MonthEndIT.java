package io.millrace.examples.lending.accrual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.ControlTotal;
import io.millrace.examples.lending.accrual.DrivenRun.Death;
import io.millrace.examples.lending.accrual.DrivenRun.Killed;
import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MonthEndIT {

  private static final int LOANS = 12_000;
  private static final LocalDate OPENS_ON = LocalDate.of(2026, 2, 27);
  private static final LocalDate MONTH_END = LocalDate.of(2026, 2, 28);
  private static final LocalDate NEXT_DAY = LocalDate.of(2026, 3, 1);
  private static final LocalDate NEXT_YEAR = LocalDate.of(2027, 1, 1);
  private static final Map<String, String> WITH_ENDPOINT =
      Map.of("tenant", "acme", "endpoint", "statements");

  @AutoClose private final Lender lender = new Lender();

  @Test
  void addsTheMonthsInterestToThePrincipal() throws Exception {
    load(LOANS);
    lender.accrual(OPENS_ON).complete();
    assertThat(lender.count("SELECT count(*) FROM lending.statement")).isZero();

    List<ControlTotal> totals = lender.accrual(MONTH_END).complete();

    long accrued = lender.count("SELECT count(DISTINCT loan) FROM lending.accrual");
    assertThat(totals)
        .extracting(ControlTotal::name)
        .contains("month EUR", "capitalised JPY", "principal CHF")
        .hasSize(30);
    assertThat(lender.count("SELECT count(*) FROM lending.statement WHERE date = ?", MONTH_END))
        .isEqualTo(accrued);
    assertThat(
            lender.count(
                """
                SELECT count(*) FROM lending.statement s JOIN lending.loan l ON l.id = s.loan
                WHERE l.principal <> s.closing OR l.carried <> s.carried OR scale(trim_scale(s.capitalised)) > l.decimals
                  OR abs(s.carried) > 0.5 * power(10::numeric, -l.decimals)
                """))
        .isZero();

    lender.accrual(NEXT_DAY).complete();
    assertThat(
            lender
                .jdbc()
                .sql(
                    """
                    SELECT DISTINCT a.principal = s.closing
                    FROM lending.accrual a JOIN lending.statement s USING (loan) WHERE a.date = ? AND s.capitalised > 0
                    """)
                .param(NEXT_DAY)
                .query(Boolean.class)
                .list())
        .containsExactly(true);
  }

  @Test
  void leavesOfTheReceivablesWhatIsCarriedOn() throws Exception {
    load(2_000);
    lender.accrue(OPENS_ON, MONTH_END);

    assertThat(
            lender.count(
                """
                SELECT count(*) FROM (
                  SELECT loan, sum(CASE WHEN debit = 1390 THEN amount ELSE 0 END) - sum(CASE WHEN credit = 1390 THEN amount ELSE 0 END) AS left_over
                  FROM lending.posting GROUP BY loan
                ) AS receivable JOIN lending.loan ON loan.id = receivable.loan
                WHERE receivable.left_over <> loan.carried
                """))
        .isZero();
    assertThat(lender.amount("SELECT sum(abs(carried)) FROM lending.loan")).isPositive();
  }

  /**
   * The example of 5 CFR 1315.17(c): 1,500 dollars at 6 % a year for two months, whose interest
   * bears interest, and 15 days of a year of 360 come to 18.83.
   */
  @Test
  void compoundsAsThePublishedExampleDoes() throws Exception {
    LocalDate newYear = LocalDate.of(2026, 1, 1);
    load(1, newYear);
    lender.lend(2, "USD", 2, "1500.00", "0.06", DayCount.THIRTY_360, newYear, NEXT_YEAR);

    lender.accrue(newYear, LocalDate.of(2026, 3, 15));

    assertThat(
            lender
                .jdbc()
                .sql("SELECT capitalised FROM lending.statement WHERE loan = 2 ORDER BY date")
                .query(BigDecimal.class)
                .list())
        .containsExactly(new BigDecimal("7.50"), new BigDecimal("7.54"));
    assertThat(
            lender
                .amount(
                    """
                    SELECT principal - 1500 + carried + (SELECT sum(interest) FROM lending.accrual WHERE loan = 2 AND date >= '2026-03-01')
                    FROM lending.loan WHERE id = 2
                    """)
                .setScale(2, RoundingMode.HALF_UP))
        .isEqualTo("18.83");
  }

  @Test
  void statesWhatHasMaturedInTheMonthAndPostsNothingWhereNothingIsDue() throws Exception {
    load(1);
    lender.lend(2, "EUR", 2, "365000.00", "0.01", DayCount.ACT_365F, OPENS_ON, MONTH_END);
    lender.lend(3, "EUR", 2, "1000.00", "0", DayCount.ACT_365F, OPENS_ON, NEXT_YEAR);

    lender.accrue(OPENS_ON, MONTH_END);

    assertThat(lender.amount("SELECT capitalised FROM lending.statement WHERE loan = 2"))
        .isEqualByComparingTo("10");
    assertThat(lender.amount("SELECT capitalised FROM lending.statement WHERE loan = 3")).isZero();
    assertThat(lender.count("SELECT count(*) FROM lending.posting WHERE loan = 3")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void capitalisesEachLoanOnceWhereverItDies(Death death) throws Exception {
    load(LOANS);
    lender.accrual(OPENS_ON).complete();
    SplittableRandom random = new SplittableRandom(5);
    DrivenRun run = lender.accrual(MONTH_END, WITH_ENDPOINT);
    int deaths = 0;

    for (int i = 0; i < 25; i++) {
      try {
        run.dyingAt(random.nextInt(1, 4), death).run();
      } catch (Killed _) {
        deaths++;
      }
    }
    run.dyingAt(Integer.MAX_VALUE, death).complete();

    assertThat(deaths).isGreaterThan(5);
    assertThat(lender.count("SELECT count(*) FROM lending.posting WHERE debit = 1310"))
        .isEqualTo(lender.count("SELECT count(*) FROM lending.statement WHERE capitalised > 0"));
    assertThat(lender.count("SELECT count(*) FROM job")).isEqualTo(5);
  }

  @Test
  void refusesASliceThatComesAgain() throws Exception {
    load(100);
    lender.accrue(OPENS_ON, MONTH_END);
    BigDecimal owed = lender.amount("SELECT sum(principal) FROM lending.loan");
    MonthEndStore store = new MonthEndStore(lender.connections());

    assertThatThrownBy(() -> store.capitalise(MONTH_END, new LoanRange(1, 100)))
        .isInstanceOf(DuplicateKeyException.class);

    assertThat(lender.amount("SELECT sum(principal) FROM lending.loan")).isEqualTo(owed);
  }

  @Test
  void tellsOfStatementsOnceForEachCurrency() throws Exception {
    load(1_000);
    lender.accrual(OPENS_ON, WITH_ENDPOINT).complete();
    assertThat(lender.count("SELECT count(*) FROM job")).isZero();

    lender.accrual(MONTH_END, WITH_ENDPOINT).complete();

    List<JsonNode> webhooks =
        lender
            .jdbc()
            .sql(
                """
                SELECT payload FROM job WHERE tenant = 'acme' AND type = 'webhook.deliver' ORDER BY message_id
                """)
            .query(byte[].class)
            .list()
            .stream()
            .map(payload -> JsonMapper.shared().readTree(new String(payload, UTF_8)))
            .toList();
    assertThat(webhooks)
        .extracting(webhook -> webhook.at("/data/currency").asString())
        .containsExactly("CHF", "EUR", "GBP", "JPY", "USD");
    JsonNode euros = webhooks.get(1);
    assertThat(euros.propertyNames()).containsExactly("endpoint", "type", "data");
    assertThat(euros.get("endpoint").asString()).isEqualTo("statements");
    assertThat(euros.get("type").asString()).isEqualTo("loan.statements");
    assertThat(euros.at("/data/date").asString()).isEqualTo("2026-02-28");
    assertThat(euros.at("/data/statements").asLong())
        .isEqualTo(lender.count("SELECT count(*) FROM lending.statement WHERE currency = 'EUR'"));
    assertThat(new BigDecimal(euros.at("/data/capitalised").asString()))
        .isEqualTo(
            lender.amount(
                "SELECT sum(amount) FROM lending.posting WHERE currency = 'EUR' AND debit = 1310"));
  }

  @Test
  void tellsNobodyUnlessAnEndpointIsGiven() throws Exception {
    load(100);

    lender.accrue(OPENS_ON, MONTH_END);

    assertThat(lender.count("SELECT count(*) FROM job")).isZero();
  }

  private void load(int loans) throws Exception {
    load(loans, OPENS_ON);
  }

  private void load(int loans, LocalDate opensOn) throws Exception {
    lender.load(loans, opensOn).complete();
  }
}
