package io.millrace.examples.lending.cashflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.millrace.examples.lending.SeededProperty;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.test.Attempt;
import io.millrace.handler.test.LogLine;
import io.millrace.handler.test.TestJob;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class XirrTest {

  private static final JobContext JOB = TestJob.of(new Xirr()).context();

  /**
   * Published rates: Microsoft's documentation of XIRR; OpenOffice's and LibreOffice's help on
   * XIRR; Directive 98/7/EC, annex III, A, the first three examples; the Rust crate xirr, which
   * follows LibreOffice.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2008-01-01 -10000, 2008-03-01 2750, 2008-10-30 4250, 2009-02-15 3250, 2009-04-01 2750"
            + "| 0.373362535 | 1e-8",
        "2001-01-01 -10000, 2001-02-01 2000, 2001-03-15 2500, 2001-05-12 5000, 2001-08-10 1000"
            + "| 0.1828 | 5e-5",
        "1994-01-01 1000, 1995-07-01 -1200 | 0.1296 | 5e-5",
        "1994-01-01 950, 1995-07-01 -1200 | 0.169 | 5e-4",
        "1994-01-01 1000, 1995-01-01 -600, 1996-01-01 -600 | 0.1306623 | 1e-7",
        "2015-06-11 -1000, 2015-07-21 -9000, 2018-06-10 20000, 2015-10-17 -3000"
            + "| 0.1635371584432641 | 1e-10"
      })
  void findsPublishedRates(String flows, double expected, double tolerance) {
    XirrResult result = xirr(flows);

    assertThat(result.rate().doubleValue()).isEqualTo(expected, within(tolerance));
    assertThat(result.warnings()).isEmpty();
  }

  /**
   * The oil pump of Lorie and Savage, Three Problems in Rationing Capital (Journal of Business,
   * 1955): it yields both 25 % and 400 %.
   */
  @Test
  void saysThatSeveralRatesFit() {
    XirrResult result = xirr("2001-01-01 -1600, 2002-01-01 10000, 2003-01-01 -10000");

    assertThat(result.rate()).isEqualByComparingTo("0.25");
    assertThat(result.warnings())
        .containsExactly(
            "The cash flows change sign 2 times, so that several rates may fit; found:"
                + " 0.2500000000, 4.0000000000. The rate is the one nearest to zero.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-01-01 -100, 2026-01-01 1 | -0.99",
        "2025-01-01 -100, 2026-01-01 100 | 0",
        "2025-01-01 -1, 2026-01-01 100001 | 100000",
        "2025-01-01 -100, 2025-01-01 -100, 2026-01-01 210 | 0.05",
        "2026-01-01 110, 2025-01-01 -100 | 0.1"
      })
  void findsRatesFarFromTheUsual(String flows, double expected) {
    XirrResult result = xirr(flows);

    assertThat(result.rate().doubleValue())
        .isEqualTo(expected, within(1e-10 * Math.max(1, 1 + expected)));
  }

  /** Pays a chosen rate on what is put in, so that the answer is known beforehand. */
  @Test
  void findsTheRateThatMadeTheFlows() {
    SeededProperty.check(
        1_000,
        random -> {
          double rate = Math.expm1(random.nextDouble(-2, 2));
          LocalDate start = LocalDate.of(2000, 1, 1);
          List<CashFlow> flows = new ArrayList<>();
          int days = random.nextInt(1, 1_500);
          double worth = 0;
          for (int i = 0; i < 10; i++) {
            int day = random.nextInt(days);
            double amount = random.nextDouble(1, 1_000);
            flows.add(new CashFlow(start.plusDays(day), new BigDecimal(-amount)));
            worth += amount * Math.pow(1 + rate, (days - day) / 365.0);
          }
          flows.add(new CashFlow(start.plusDays(days), new BigDecimal(worth)));

          XirrResult result = calculate(new CashFlows(flows));

          assertThat(result.rate().doubleValue())
              .isEqualTo(rate, within(1e-9 * Math.max(1, 1 + rate) * Math.max(1, 365.0 / days)));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-01-01 -1, 2025-01-01 2 | All cash flows fall on 2025-01-01; a rate of return needs at"
            + " least two days.",
        "2025-01-01 1, 2026-01-01 2 | The cash flows, added up by day, never change sign; a rate of"
            + " return needs money that goes out and money that comes in.",
        "2025-01-01 1, 2025-01-01 -1, 2026-01-01 2 | The cash flows, added up by day, never change"
            + " sign; a rate of return needs money that goes out and money that comes in.",
        "2025-01-01 -1, 2025-01-02 2 | No rate between -0.999999 and 1000000.0 makes the cash flows"
            + " worth nothing; they change sign 1 times.",
        "2025-01-01 1, 2026-01-01 -3, 2027-01-01 3 | No rate between -0.999999 and 1000000.0 makes"
            + " the cash flows worth nothing; they change sign 2 times."
      })
  void saysWhyThereIsNoRate(String flows, String message) {
    assertThatThrownBy(() -> xirr(flows)).isInstanceOf(PermanentFailure.class).hasMessage(message);
  }

  @Test
  void takesAmountsAsTextAndAsNumbers() {
    String payload =
        """
        {"flows": [{"date": "2025-01-01", "amount": "-100.00"}, {"date": "2026-01-01", "amount": 105}]}""";

    Attempt attempt = TestJob.of(new Xirr()).payload(payload).run();

    assertThat(attempt.expectSuccess().resultAs(XirrResult.class).rate())
        .isEqualByComparingTo("0.05");
  }

  @Test
  void logsHowManyRatesFit() {
    String payload =
        """
        {"flows": [{"date": "2001-01-01", "amount": -1600}, {"date": "2002-01-01", "amount": 10000},
                   {"date": "2003-01-01", "amount": -10000}]}""";

    Attempt attempt = TestJob.of(new Xirr()).payload(payload).run();

    assertThat(attempt.expectSuccess().log())
        .extracting(LogLine::message, LogLine::keys)
        .containsExactly(tuple("several rates fit", Map.of("rates", 2)));
  }

  @Test
  void failsForGoodWhereThereIsNoRate() {
    String payload =
        """
        {"flows": [{"date": "2025-01-01", "amount": 1}, {"date": "2026-01-01", "amount": 2}]}""";

    Attempt attempt = TestJob.of(new Xirr()).payload(payload).run();

    assertThat(attempt.expectFailure().permanent()).isTrue();
    assertThat(attempt.expectFailure().message()).contains("never change sign");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | flows must be 2 to 10000, but are 0",
        "{\"flows\": [null, null]} | flows hold a null; each is a date and an amount",
        "{\"flows\": [{\"amount\": 1}]} | date is missing",
        "{\"flows\": [{\"date\": \"2025-01-01\"}]} | amount is missing",
        "{\"flows\": [{\"date\": \"1899-01-01\", \"amount\": 1}]}"
            + "| date must lie in 1900 to 2199, but is 1899-01-01",
        "{\"flows\": [{\"date\": \"2025-01-01\", \"amount\": 1e13}]}"
            + "| amount must be at most 1000000000000 either way, but is 1E+13"
      })
  void refusesPayloadsThatAreNone(String payload, String message) {
    assertThatThrownBy(() -> JsonMapper.shared().readValue(payload, CashFlows.class))
        .hasMessageContaining(message);
  }

  @Test
  void refusesMoreFlowsThanItsBound() {
    CashFlow flow = new CashFlow(LocalDate.of(2025, 1, 1), BigDecimal.ONE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CashFlows(Collections.nCopies(10_001, flow)))
        .withMessage("flows must be 2 to 10000, but are 10001");
  }

  private static XirrResult xirr(String flows) {
    return calculate(
        new CashFlows(Arrays.stream(flows.strip().split(", ", -1)).map(XirrTest::flow).toList()));
  }

  private static CashFlow flow(String dayAndAmount) {
    String[] parts = dayAndAmount.split(" ", -1);
    return new CashFlow(LocalDate.parse(parts[0]), new BigDecimal(parts[1]));
  }

  private static XirrResult calculate(CashFlows flows) {
    return new Xirr().calculate(flows, JOB);
  }
}
