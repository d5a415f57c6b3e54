package io.millrace.examples.lending.book;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.lending.SeededProperty;
import io.millrace.examples.lending.amortization.AmortizationSchedule;
import io.millrace.examples.lending.amortization.AmortizationSchedule.Instalment;
import io.millrace.examples.lending.amortization.AmortizeLoan;
import io.millrace.examples.lending.amortization.DayCount;
import io.millrace.examples.lending.amortization.Frequency;
import io.millrace.examples.lending.amortization.LoanTerms;
import io.millrace.examples.lending.amortization.Repayment;
import io.millrace.examples.lending.amortization.ScheduleDetail;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.test.TestJob;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ControlTotalTest {

  private static final JobContext JOB = TestJob.of(new AmortizeLoan()).context();
  private static final int BOOK = 2_000;
  private static final int CASES = 3_000;

  @Test
  void isWhatTheHandlerComesToForAWholeBook() {
    SeededProperty.check(
        1,
        random -> {
          long seed = random.nextLong(1_000_000_000);

          BigDecimal handled =
              LoanBook.generate(seed, BOOK)
                  .map(loan -> amortize(loan.terms()).totals().payments())
                  .reduce(ZERO, BigDecimal::add);

          assertThat(ControlTotal.of(LoanBook.generate(seed, BOOK))).isEqualTo(handled);
        });
  }

  @Test
  void isWhatTheHandlerComesToForAnyTermsAndEverySchedulesSumsReconcile() {
    AtomicInteger refused = new AtomicInteger();

    SeededProperty.check(
        CASES,
        random -> {
          LoanTerms terms = anyTerms(random);
          try {
            AmortizationSchedule schedule = amortize(terms);
            assertReconciles(schedule, terms);
            assertThat(ControlTotal.of(terms))
                .as("%s", terms)
                .isEqualTo(schedule.totals().payments());
          } catch (PermanentFailure e) {
            refused.incrementAndGet();
          }
        });

    assertThat(refused).as("loans without a schedule").hasValueLessThan(CASES / 10);
  }

  @Test
  void addsUpEachCurrencyByItself() {
    var totals = ControlTotal.byCurrency(LoanBook.generate(42, 300));

    assertThat(totals).containsOnlyKeys("CHF", "EUR", "GBP", "JPY", "USD");
    assertThat(totals.values().stream().reduce(ZERO, BigDecimal::add))
        .isEqualTo(ControlTotal.of(LoanBook.generate(42, 300)));
    assertThat(totals).hasEntrySatisfying("JPY", yen -> assertThat(yen.scale()).isZero());
  }

  private static void assertReconciles(AmortizationSchedule schedule, LoanTerms terms) {
    List<Instalment> rows = schedule.instalments();
    BigDecimal owed = terms.principal();
    BigDecimal paid = ZERO;
    BigDecimal repaid = ZERO;
    for (Instalment row : rows) {
      owed = owed.subtract(row.principal());
      paid = paid.add(row.payment());
      repaid = repaid.add(row.principal());
      assertThat(row.payment()).isEqualTo(row.interest().add(row.principal()));
      assertThat(row.balance()).isEqualTo(owed).isNotNegative();
      assertThat(row.interest()).isNotNegative();
      assertThat(row.payment().scale()).isEqualTo(terms.decimals());
    }
    assertThat(rows).hasSize(terms.instalments());
    assertThat(rows.getLast().balance()).isZero();
    assertThat(repaid).isEqualTo(terms.principal());
    assertThat(paid).isEqualTo(terms.principal().add(schedule.totals().interest()));
    assertThat(schedule.totals().payments()).isEqualTo(paid);
  }

  private static AmortizationSchedule amortize(LoanTerms terms) {
    return new AmortizeLoan().calculate(terms, JOB);
  }

  private static LoanTerms anyTerms(SplittableRandom random) {
    Currency currency = Currency.getInstance(oneOf(random, "EUR", "CHF", "JPY", "BHD", "USD"));
    Frequency frequency = oneOf(random, Frequency.values());
    int instalments = random.nextInt(1, 480 / frequency.months() + 1);
    int rateDecimals = random.nextInt(2, 13);
    long rateUnits = random.nextLong((long) Math.pow(10, rateDecimals) / 6 + 1);
    LocalDate disbursedOn = LocalDate.of(1990, 1, 1).plusDays(random.nextInt(20_000));
    return new LoanTerms(
        BigDecimal.valueOf(
            random.nextLong(10_000_000, 1_000_000_000_000L), currency.getDefaultFractionDigits()),
        currency,
        random.nextInt(10) == 0 ? ZERO : BigDecimal.valueOf(rateUnits, rateDecimals),
        oneOf(random, DayCount.values()),
        disbursedOn,
        disbursedOn.plusDays(random.nextInt(1, 30 * frequency.months())),
        frequency,
        instalments,
        random.nextInt(4) == 0 ? random.nextInt(instalments) : 0,
        oneOf(random, Repayment.values()),
        ScheduleDetail.FULL);
  }

  @SafeVarargs
  private static <T> T oneOf(SplittableRandom random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
