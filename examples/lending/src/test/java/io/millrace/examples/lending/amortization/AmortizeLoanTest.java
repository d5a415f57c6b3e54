package io.millrace.examples.lending.amortization;

import static io.millrace.examples.lending.amortization.ALoan.aLoan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.client.contract.Refusal;
import io.millrace.examples.lending.amortization.AmortizationSchedule.Instalment;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.test.Attempt;
import io.millrace.handler.test.TestJob;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AmortizeLoanTest {

  private static final BigDecimal A_CENT = new BigDecimal("0.01");

  private static final String PAYLOAD =
      """
      {"principal": "1200.00", "currency": "EUR", "annualRate": "0.06", "dayCount": "THIRTY_360",
       "disbursedOn": "2025-01-01", "firstDueOn": "2025-02-01", "frequency": "MONTHLY",
       "instalments": 12, "interestOnly": 0, "repayment": "ANNUITY", "schedule": "FULL"}""";

  @Test
  void takesALoanThatLeavesOutWhatTheSchemaLetsBeLeftOut() {
    String brief =
        PAYLOAD.replace("\"interestOnly\": 0, ", "").replace(", \"schedule\": \"FULL\"", "");

    Attempt attempt = TestJob.of(new AmortizeLoan()).payload(brief).run();

    assertThat(attempt.expectSuccess().result())
        .isEqualTo(TestJob.of(new AmortizeLoan()).payload(PAYLOAD).run().expectSuccess().result());
  }

  /**
   * Level payments as published: Wikipedia, "Mortgage calculator" (200,000 at 6.5 %); Fabozzi, Bond
   * Markets, Analysis and Strategies (100,000 at 8.125 %); Ross, Westerfield and Jordan,
   * Fundamentals of Corporate Finance, chapter 6 (42,000 at 8 % and 5,000 at 9 % a year); a table
   * of repayments in yen, taka-ken.com/kinri.htm (one million at 2 % and 3 %).
   */
  @ParameterizedTest
  @CsvSource({
    "200000, USD, 0.065, MONTHLY, 360, 1264.14",
    "100000, USD, 0.08125, MONTHLY, 360, 742.50",
    "42000, USD, 0.08, YEARLY, 5, 10519.17",
    "5000, USD, 0.09, YEARLY, 5, 1285.46",
    "1000000, JPY, 0.02, MONTHLY, 120, 9201",
    "1000000, JPY, 0.02, MONTHLY, 360, 3696",
    "1000000, JPY, 0.03, MONTHLY, 120, 9656",
    "1000000, JPY, 0.03, MONTHLY, 360, 4216"
  })
  void asksForTheLevelPaymentsOfTheTextbooks(
      String principal, String currency, String rate, Frequency every, int count, String expected) {
    AmortizationSchedule schedule =
        aLoan(principal, currency).at(rate).every(every, count).amortized();

    assertThat(schedule.levelPayment()).isEqualTo(new BigDecimal(expected));
  }

  /**
   * The table of the $42,000 loan of Ross, Westerfield and Jordan, Fundamentals of Corporate
   * Finance, chapter 6, solutions. The book carries unrounded amounts along and rounds what it
   * prints, so that a cent may differ.
   */
  @Test
  void followsATextbooksAnnuityTable() {
    AmortizationSchedule schedule = aLoan("42000", "USD").at("0.08").yearly(5).amortized();

    assertColumn(schedule, "3360.00 2787.27 2168.71 1500.68 779.20", Instalment::interest);
    assertColumn(schedule, "7159.17 7731.90 8350.46 9018.49 9739.97", Instalment::principal);
    assertColumn(schedule, "34840.83 27108.92 18758.47 9739.97 0.00", Instalment::balance);
  }

  /**
   * The table of the $5,000 loan with a fixed reduction of principal of Ross, Westerfield and
   * Jordan, Fundamentals of Corporate Finance, section "Loan types and loan amortization".
   */
  @Test
  void followsATextbooksTableOfEqualParts() {
    AmortizationSchedule schedule =
        aLoan("5000", "USD").at("0.09").yearly(5).inEqualParts().amortized();

    assertThat(schedule.instalments())
        .extracting(Instalment::payment)
        .containsExactly(money("1450.00 1360.00 1270.00 1180.00 1090.00"));
    assertThat(schedule.instalments())
        .extracting(Instalment::balance)
        .containsExactly(money("4000.00 3000.00 2000.00 1000.00 0.00"));
    assertThat(schedule.totals().interest()).isEqualTo(new BigDecimal("1350.00"));
    assertThat(schedule.totals().payments()).isEqualTo(new BigDecimal("6350.00"));
    assertThat(schedule.levelPayment()).isNull();
  }

  /**
   * Worked by hand: 181 and 184 days. The payment is 1000 a b / (b + 1) with a = 1 + 0.1 * 181/365
   * and b = 1 + 0.1 * 184/365, which is 537.697; the first interest is 1000 * 0.1 * 181/365.
   */
  @Test
  void findsTheLevelPaymentOfPeriodsThatDiffer() {
    AmortizationSchedule schedule =
        aLoan("1000", "GBP")
            .at("0.10")
            .counting(DayCount.ACT_365F)
            .every(Frequency.HALF_YEARLY, 2)
            .from("2023-01-01", "2023-07-01")
            .amortized();

    assertThat(schedule.levelPayment()).isEqualTo(new BigDecimal("537.70"));
    assertThat(schedule.instalments().getFirst().interest()).isEqualTo(new BigDecimal("49.59"));
  }

  /** 12,638.89 is 1,000,000 * 0.05 * 91/360: January to March of a leap year have 91 days. */
  @Test
  void countsActualDaysOverThreeHundredAndSixty() {
    AmortizationSchedule schedule =
        aLoan("1000000", "USD")
            .at("0.05")
            .counting(DayCount.ACT_360)
            .every(Frequency.QUARTERLY, 1)
            .from("2024-01-01", "2024-04-01")
            .amortized();

    assertThat(schedule.totals().interest()).isEqualTo(new BigDecimal("12638.89"));
  }

  /** 938.54 a month is 170,000 * 6.625 % / 12: myhomeloantools.com, interest-only mortgages. */
  @Test
  void paysInterestAloneAtTheStart() {
    AmortizationSchedule schedule =
        aLoan("170000", "USD").at("0.06625").monthly(360).interestOnly(120).amortized();

    List<Instalment> first = schedule.instalments().subList(0, 120);
    assertThat(first).extracting(Instalment::payment).containsOnly(new BigDecimal("938.54"));
    assertThat(first).extracting(Instalment::balance).containsOnly(new BigDecimal("170000.00"));
    assertThat(schedule.instalments().get(120).payment()).isEqualTo(schedule.levelPayment());
  }

  @Test
  void repaysAllAtTheEndWhereOnlyTheLastInstalmentHasPrincipal() {
    AmortizationSchedule schedule =
        aLoan("1000", "EUR").at("0.06").monthly(3).interestOnly(2).amortized();

    assertThat(schedule.instalments())
        .extracting(Instalment::payment)
        .containsExactly(money("5.00 5.00 1005.00"));
  }

  @Test
  void putsWhatRoundingLeavesIntoTheLastInstalment() {
    AmortizationSchedule schedule = aLoan("100.00", "EUR").monthly(3).amortized();

    assertThat(schedule.instalments())
        .extracting(Instalment::payment)
        .containsExactly(money("33.33 33.33 33.34"));
    assertThat(schedule.totals().interest()).isZero();
  }

  @Test
  void roundsToTheMinorUnitOfTheCurrency() {
    AmortizationSchedule yen = aLoan("100", "JPY").monthly(3).amortized();
    AmortizationSchedule dinar = aLoan("100", "BHD").monthly(3).amortized();

    assertThat(yen.levelPayment()).isEqualTo(new BigDecimal("33"));
    assertThat(dinar.levelPayment()).isEqualTo(new BigDecimal("33.333"));
  }

  /** Half a cent of interest, 0.50 * 1 %, is a cent: Regulation (EC) No 1103/97, article 5. */
  @Test
  void roundsHalfACentUp() {
    AmortizationSchedule schedule = aLoan("0.50", "EUR").at("0.01").yearly(1).amortized();

    assertThat(schedule.totals().interest()).isEqualTo(A_CENT);
  }

  @Test
  void isDueAtTheEndOfMonthsThatLackTheDay() {
    AmortizationSchedule schedule =
        aLoan("1200", "EUR").monthly(4).from("2023-12-31", "2024-01-31").amortized();

    assertThat(schedule.instalments())
        .extracting(Instalment::dueOn)
        .containsExactly(
            LocalDate.of(2024, 1, 31),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2024, 3, 31),
            LocalDate.of(2024, 4, 30));
    assertThat(schedule.lastDueOn()).isEqualTo(LocalDate.of(2024, 4, 30));
  }

  @Test
  void leavesTheInstalmentsOutWhereOnlyTotalsAreWanted() {
    ALoan loan = aLoan("200000", "USD").at("0.065").monthly(360);
    AmortizationSchedule full = loan.amortized();

    AmortizationSchedule totals = loan.totalsOnly().amortized();

    assertThat(totals.instalments()).isEmpty();
    assertThat(totals.totals()).isEqualTo(full.totals());
  }

  @Test
  void refusesALoanThatItsRoundedInstalmentsRepayTooEarly() {
    ALoan loan = aLoan("1.00", "EUR").monthly(150);

    assertThatThrownBy(loan::amortized)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "The loan has no schedule: instalment 100 of 150 already repays all, since EUR 0.01 is"
                + " rounded to the minor unit. Choose a larger principal or fewer"
                + " instalments.");
  }

  @Test
  void refusesALoanThatItsRoundedInstalmentsHardlyRepay() {
    ALoan loan = aLoan("1.00", "EUR").monthly(1200);

    assertThatThrownBy(loan::amortized)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "the last instalment would repay EUR 1.00 where the others have EUR 0.00");
  }

  /** 2,547.95 is 100,000 * 30 % * 31/365; a level payment is about 100,000 * 30 % / 12. */
  @Test
  void refusesALoanWhoseInstalmentsDoNotCoverTheInterest() {
    ALoan longMonths = aLoan("100000", "EUR").at("0.30").counting(DayCount.ACT_365F).monthly(480);
    ALoan longStart =
        aLoan("100000", "EUR").at("0.06").monthly(360).from("2024-01-01", "2024-06-01");

    assertThatThrownBy(longMonths::amortized)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not cover its interest of EUR 2547.95. Choose fewer");
    assertThatThrownBy(longStart::amortized)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not cover its interest of EUR 2500.00. Choose fewer");
  }

  @Test
  void makesAPlainJsonResultOfAJsonPayload() {
    Attempt attempt = job(PAYLOAD).run();

    var json = JsonMapper.shared().readTree(attempt.expectSuccess().result());
    assertThat(json.at("/totals/principal").asDecimal()).isEqualByComparingTo("1200");
    assertThat(json.at("/instalments/11/dueOn").asString()).isEqualTo("2026-01-01");
    assertThat(json.at("/instalments/11/balance").asDecimal()).isZero();
    assertThat(json.at("/currency").asString()).isEqualTo("EUR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repayment | repaiment | 'repaiment'",
        "\": 12, | \": 1201, | must have a maximum value of 1200",
        "\": 0, | \": 12, | interestOnly must be 0 to 11, one less than instalments, but is 12"
      })
  void saysToThePublisherWhatIsWrongWithAPayload(String right, String wrong, String explanation) {
    Attempt attempt = job(PAYLOAD.replace(right, wrong)).run();

    assertThat(attempt.expectRefusal().reason()).isEqualTo(Refusal.SCHEMA_VIOLATION);
    assertThat(attempt.expectRefusal().explanation()).contains(explanation);
  }

  @Test
  void failsForGoodWhereALoanHasNoSchedule() {
    Attempt attempt =
        job(PAYLOAD.replace("\"instalments\": 12", "\"instalments\": 1200").replace("1200.00", "1"))
            .run();

    assertThat(attempt.expectFailure().permanent()).isTrue();
    assertThat(attempt.expectFailure().message()).startsWith("The loan has no schedule");
  }

  private static TestJob job(String payload) {
    return TestJob.of(new AmortizeLoan()).payload(payload);
  }

  private static void assertColumn(
      AmortizationSchedule schedule, String expected, Function<Instalment, BigDecimal> column) {
    BigDecimal[] amounts = money(expected);
    for (int i = 0; i < amounts.length; i++) {
      assertThat(column.apply(schedule.instalments().get(i)))
          .as("instalment %s", i + 1)
          .isCloseTo(amounts[i], within(A_CENT));
    }
  }

  private static BigDecimal[] money(String amounts) {
    return Arrays.stream(amounts.split(" ", -1)).map(BigDecimal::new).toArray(BigDecimal[]::new);
  }
}
