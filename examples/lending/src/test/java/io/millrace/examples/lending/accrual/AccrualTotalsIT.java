package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.ControlTotal;
import io.millrace.batch.RunContext;
import io.millrace.examples.lending.SeededProperty;
import io.millrace.examples.lending.amortization.DayCount;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The interest that Java computes and the one that PostgreSQL computes. */
class AccrualTotalsIT {

  private static final int LOANS = 400;
  private static final LocalDate LONG_AGO = LocalDate.of(1990, 1, 1);
  private static final LocalDate FAR_AWAY = LocalDate.of(2100, 1, 1);
  private static final Map<String, Integer> CURRENCIES =
      Map.of("EUR", 2, "JPY", 0, "BHD", 3, "USD", 2);

  @AutoClose private final Lender lender = Lender.withBook(1, LONG_AGO);

  AccrualTotalsIT() throws Exception {}

  @Test
  void agreeToTheLastDecimalForAnyLoansOnAnyDay() {
    SeededProperty.check(
        1,
        random -> {
          lendAnything(random);
          for (LocalDate date : days(random)) {
            accrue(date);
            assertThat(totals(date)).as("%s", date).isNotEmpty().allMatch(ControlTotal::matches);
          }
        });
  }

  private void accrue(LocalDate date) {
    lender
        .jdbc()
        .sql(
            "INSERT INTO lending.accrual_day (date, run, last_loan) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(date, UUID.randomUUID(), LOANS)
        .update();
    AccrualStore store = new AccrualStore(lender.connections());
    DailyInterest interest = new DailyInterest(date);
    store.post(date, store.notAccrued(date, 0, LOANS, LOANS).stream().map(interest::of).toList());
  }

  private List<ControlTotal> totals(LocalDate date) {
    RunContext run = new RunContext(UUID.randomUUID(), Map.of("date", date.toString()));
    return new AccrualTotals(lender.connections())
        .totals(run).stream()
            .filter(total -> total.name().matches("(loans|interest|posted) .*"))
            .toList();
  }

  private void lendAnything(SplittableRandom random) {
    for (long id = 2; id <= LOANS; id++) {
      String currency = oneOf(random, CURRENCIES.keySet().toArray(String[]::new));
      int decimals = CURRENCIES.getOrDefault(currency, 2);
      long units = random.nextLong(1, (long) Math.pow(10, random.nextInt(1, 15)));
      int rateDecimals = random.nextInt(0, 13);
      long rate = random.nextLong((long) Math.pow(10, rateDecimals) + 1);
      lender.lend(
          id,
          currency,
          decimals,
          BigDecimal.valueOf(units, decimals).toPlainString(),
          BigDecimal.valueOf(rate, rateDecimals).toPlainString(),
          oneOf(random, DayCount.values()),
          LONG_AGO.plusDays(random.nextInt(16_000)),
          FAR_AWAY);
    }
  }

  /** The ends of February and of long months, new years, and days in between. */
  private static List<LocalDate> days(SplittableRandom random) {
    List<LocalDate> days = new ArrayList<>();
    for (int year : new int[] {2000, 2023, 2024, 2025}) {
      for (String day :
          List.of("-01-30", "-01-31", "-02-27", "-02-28", "-03-01", "-04-30", "-12-31")) {
        days.add(LocalDate.parse(year + day));
      }
    }
    days.add(LocalDate.of(2000, 2, 29));
    days.add(LocalDate.of(2024, 2, 29));
    random.ints(30, 0, 16_000).distinct().mapToObj(LONG_AGO::plusDays).forEach(days::add);
    return days.stream().distinct().toList();
  }

  @SafeVarargs
  private static <T> T oneOf(SplittableRandom random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
