package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.ControlTotal;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.examples.lending.accrual.DrivenRun.Death;
import io.millrace.examples.lending.accrual.DrivenRun.Killed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;

class InterestAccrualIT {

  private static final int LOANS = 8_000;
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final String ACTIVE =
      "SELECT count(*) FROM lending.loan WHERE disbursed_on <= ? AND matures_on > ?";
  private static final String ACCRUED = "SELECT count(*) FROM lending.accrual WHERE date = ?";
  private static final String POSTED = "SELECT count(*) FROM lending.posting WHERE date = ?";

  @AutoClose private final Lender lender = Lender.withBook(LOANS, MONDAY);

  InterestAccrualIT() throws Exception {}

  @Test
  void accruesAndPostsEachActiveLoanOnce() throws Exception {
    List<ControlTotal> totals = lender.accrual(MONDAY).complete();

    long active = lender.count(ACTIVE, MONDAY, MONDAY);
    assertThat(active).isBetween(LOANS / 2L, LOANS - 1L);
    assertThat(lender.count(ACCRUED, MONDAY)).isEqualTo(active);
    assertThat(lender.count(POSTED, MONDAY)).isEqualTo(active);
    assertThat(totals)
        .extracting(ControlTotal::name)
        .contains("loans EUR", "interest JPY", "posted CHF")
        .hasSize(15);
  }

  @ParameterizedTest
  @EnumSource
  void accruesEachLoanOnceWhereverItDies(Death death) throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    DrivenRun run = lender.accrual(MONDAY);
    int deaths = 0;

    for (int i = 0; i < 20; i++) {
      try {
        run.dyingAt(random.nextInt(1, 4), death).run();
      } catch (Killed _) {
        deaths++;
      }
    }
    run.dyingAt(Integer.MAX_VALUE, death).complete();

    assertThat(deaths).isPositive();
    assertThat(lender.count(ACCRUED, MONDAY)).isEqualTo(lender.count(ACTIVE, MONDAY, MONDAY));
  }

  @Test
  void refusesAChunkThatComesAgain() throws Exception {
    AccrualStore store = new AccrualStore(lender.connections());
    DailyInterest interest = new DailyInterest(MONDAY);
    List<Accrual> chunk =
        store.notAccrued(MONDAY, 0, LOANS, 100).stream().map(interest::of).toList();
    store.post(MONDAY, chunk.subList(0, 60));

    assertThatThrownBy(() -> store.post(MONDAY, chunk)).isInstanceOf(DuplicateKeyException.class);

    assertThat(lender.count(ACCRUED, MONDAY)).isEqualTo(60);
    assertThat(lender.count(POSTED, MONDAY)).isEqualTo(60);
  }

  @Test
  void refusesADayThatIsAccrued() throws Exception {
    lender.accrue(MONDAY, TUESDAY);

    assertRefused(MONDAY, "2026-03-02 is accrued already");
    assertRefused(TUESDAY, "2026-03-03 is accrued already");
  }

  @Test
  void refusesADayThatIsNotTheNextOne() throws Exception {
    lender.accrual(MONDAY).complete();

    assertRefused(
        MONDAY.plusDays(2),
        "interest is accrued day by day, and the next one is 2026-03-03, not 2026-03-04");
    assertRefused(MONDAY.minusDays(2), "the loan book was opened later than 2026-02-28");
  }

  @Test
  void refusesADayThatAnotherRunHas() throws Exception {
    DrivenRun run = lender.accrual(MONDAY).dyingAt(3, Death.BEFORE_COMMIT);
    assertThatThrownBy(run::run).isInstanceOf(Killed.class);
    record(run, "FAILED");

    assertRefused(
        MONDAY, "2026-03-02 is run %s's: restart that one if it has failed".formatted(run.id()));
    assertThatThrownBy(() -> lender.accrual(TUESDAY).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run %s still accrues the day before, 2026-03-02", run.id());

    run.complete();
    lender.accrual(TUESDAY).complete();
  }

  @Test
  void goesOnWithWhatAnAbandonedRunHasLeft() throws Exception {
    DrivenRun run = lender.accrual(MONDAY).dyingAt(3, Death.AFTER_COMMIT);
    assertThatThrownBy(run::run).isInstanceOf(Killed.class);
    record(run, "ABANDONED");
    long before = lender.count(ACCRUED, MONDAY);

    lender.accrual(MONDAY).complete();

    assertThat(before).isPositive();
    assertThat(lender.count(ACCRUED, MONDAY)).isEqualTo(lender.count(ACTIVE, MONDAY, MONDAY));
    assertThatThrownBy(run::run)
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessage("another run has taken over 2026-03-02");
  }

  @Test
  void needsABook() {
    try (Lender bookless = new Lender()) {
      assertThatThrownBy(() -> bookless.accrual(MONDAY).run())
          .isInstanceOf(PermanentBatchFailure.class)
          .hasMessage("there is no loan book: run loan-book-load first");
    }
  }

  @Test
  void hasTotalsThatShowWhatIsMissingAndWhatIsWrong() throws Exception {
    lender.accrual(MONDAY).complete();
    BigDecimal missing =
        lender.amount(
            """
            WITH deleted AS (
              DELETE FROM lending.accrual WHERE date = ? AND loan = (
                SELECT min(loan) FROM lending.accrual WHERE currency = 'EUR')
              RETURNING interest
            )
            SELECT interest FROM deleted
            """,
            MONDAY);
    lender
        .jdbc()
        .sql(
            """
            UPDATE lending.posting SET amount = amount + 0.0000000001
            WHERE (date, loan) IN (SELECT date, loan FROM lending.posting WHERE currency = 'JPY' LIMIT 1)
            """)
        .update();

    List<ControlTotal> wrong =
        new AccrualTotals(lender.connections())
            .totals(lender.accrual(MONDAY).context()).stream()
                .filter(total -> !total.matches())
                .toList();

    assertThat(wrong)
        .extracting(ControlTotal::name)
        .containsExactlyInAnyOrder("loans EUR", "interest EUR", "posted EUR", "posted JPY");
    assertThat(wrong)
        .filteredOn(total -> total.name().equals("interest EUR"))
        .singleElement()
        .satisfies(
            total ->
                assertThat(total.expected().subtract(total.actual()))
                    .isEqualByComparingTo(missing));
  }

  private void assertRefused(LocalDate date, String message) {
    long accrued = lender.count(ACCRUED, date);

    assertThatThrownBy(() -> lender.accrual(date).run())
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessage(message);

    assertThat(lender.count(ACCRUED, date)).isEqualTo(accrued);
  }

  /** What the engine says of a run. */
  private void record(DrivenRun run, String state) {
    lender
        .jdbc()
        .sql(
            """
            INSERT INTO batch_run (id, job, parameters, repeatable, state, requested_by, requested_at, due_at, ended_at)
            VALUES (?, 'interest-accrual', '{}', false, ?, 'test', now(), now(), now())
            """)
        .params(run.id(), state)
        .update();
  }
}
