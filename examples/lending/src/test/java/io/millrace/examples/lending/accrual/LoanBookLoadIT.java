package io.millrace.examples.lending.accrual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.ControlTotal;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.examples.lending.accrual.DrivenRun.Death;
import io.millrace.examples.lending.accrual.DrivenRun.Killed;
import io.millrace.examples.lending.amortization.LoanTerms;
import io.millrace.examples.lending.book.Loan;
import io.millrace.examples.lending.book.LoanBook;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoanBookLoadIT {

  private static final LocalDate OPENS_ON = LocalDate.of(2026, 3, 1);

  @AutoClose private final Lender lender = new Lender();

  @Test
  void fillsTheTableWithTheLoansOfTheSeed() throws Exception {
    List<ControlTotal> totals = lender.load(3_000, OPENS_ON).complete();

    Loan loan = LoanBook.loan(7, 1_234);
    LoanTerms terms = loan.terms();
    assertThat(totals).extracting(ControlTotal::name).containsExactly("loans", "principal");
    assertThat(
            lender
                .jdbc()
                .sql(
                    """
                    SELECT reference, currency, decimals, principal, annual_rate, day_count, disbursed_on::text, matures_on::text, carried
                    FROM lending.loan WHERE id = 1234
                    """)
                .query()
                .singleRow())
        .containsEntry("reference", loan.id())
        .containsEntry("currency", terms.currency().getCurrencyCode())
        .containsEntry("decimals", terms.decimals())
        .containsEntry("principal", terms.principal())
        .containsEntry("annual_rate", terms.annualRate())
        .containsEntry("day_count", terms.dayCount().name())
        .containsEntry("disbursed_on", terms.disbursedOn().toString())
        .containsEntry("matures_on", terms.dueOn(terms.instalments()).toString());
  }

  @ParameterizedTest
  @EnumSource
  void putsEachLoanInOnceWhereverItDies(Death death) throws Exception {
    DrivenRun run = lender.load(9_000, OPENS_ON);
    int deaths = 0;

    for (int bit = 1; bit < 12; bit++) {
      try {
        run.dyingAt(bit % 3 + 1, death).run();
      } catch (Killed _) {
        deaths++;
      }
    }
    run.dyingAt(Integer.MAX_VALUE, death).complete();

    assertThat(deaths).isPositive();
    assertThat(lender.count("SELECT count(*) FROM lending.loan")).isEqualTo(9_000);
  }

  @Test
  void refusesASecondBook() throws Exception {
    lender.load(10, OPENS_ON).complete();

    assertThatThrownBy(() -> lender.load(20, OPENS_ON).run())
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessage(
            "there is a loan book already: to load another, DROP SCHEMA lending CASCADE first");
    assertThat(lender.count("SELECT count(*) FROM lending.loan")).isEqualTo(10);
  }

  @Test
  void refusesABookThatCannotBe() {
    Map<String, String> none = Map.of("loans", "0", "date", OPENS_ON.toString());

    assertThatThrownBy(() -> lender.load(none).run())
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessage("a book has 1 to 10000000 loans and a seed from 0, not 0 and 42");
  }

  @Test
  void isNotOpenBeforeAllOfItIsLoaded() throws Exception {
    DrivenRun run = lender.load(9_000, OPENS_ON).dyingAt(3, Death.BEFORE_COMMIT);

    assertThatThrownBy(run::run).isInstanceOf(Killed.class);

    assertThatThrownBy(() -> lender.accrual(OPENS_ON).run())
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessage("the loan book is not loaded: see to loan-book-load first");
    run.complete();
    lender.accrual(OPENS_ON).complete();
  }
}
