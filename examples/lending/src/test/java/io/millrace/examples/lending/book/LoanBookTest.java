package io.millrace.examples.lending.book;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.examples.lending.amortization.AmortizeLoan;
import io.millrace.examples.lending.amortization.LoanTerms;
import io.millrace.examples.lending.amortization.Repayment;
import io.millrace.handler.JobContext;
import io.millrace.handler.test.TestJob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoanBookTest {

  @Test
  void isTheSameForTheSameSeed() {
    List<Loan> book = LoanBook.generate(7, 200).toList();

    assertThat(LoanBook.generate(7, 200).parallel().toList()).isEqualTo(book);
    assertThat(LoanBook.generate(7, 50)).isEqualTo(book.subList(0, 50));
    assertThat(LoanBook.generate(8, 200).map(Loan::terms))
        .isNotEqualTo(book.stream().map(Loan::terms).toList());
  }

  @Test
  void numbersItsLoans() {
    List<String> ids = LoanBook.generate(42, 123).map(Loan::id).toList();

    assertThat(ids).startsWith("loan-42-000001").endsWith("loan-42-000123").doesNotHaveDuplicates();
  }

  @Test
  void writesPayloadsThatReadBackAsTheSameTerms() {
    LoanBook.generate(3, 500)
        .forEach(
            loan ->
                assertThat(JsonMapper.shared().readValue(loan.payload(), LoanTerms.class))
                    .isEqualTo(loan.terms()));
  }

  @Test
  void mixesProductsAndCurrencies() {
    List<LoanTerms> book = LoanBook.generate(1, 2_000).map(Loan::terms).toList();

    Map<String, Long> currencies =
        book.stream().collect(groupingBy(terms -> terms.currency().getCurrencyCode(), counting()));
    assertThat(currencies).containsOnlyKeys("EUR", "USD", "GBP", "CHF", "JPY");
    assertThat(currencies.values()).allMatch(count -> count > 150);
    assertThat(book).anyMatch(terms -> terms.instalments() == 360);
    assertThat(book).anyMatch(terms -> terms.repayment() == Repayment.EQUAL_PRINCIPAL);
    assertThat(book).anyMatch(terms -> terms.interestOnly() == terms.instalments() - 1);
  }

  @Test
  void asksForResultsOfTwentyKilobytesAtMost() {
    AmortizeLoan handler = new AmortizeLoan();
    JobContext job = TestJob.of(handler).context();

    List<Integer> sizes =
        LoanBook.generate(1, 1_000)
            .map(loan -> handler.calculate(loan.terms(), job))
            .map(schedule -> JsonMapper.shared().writeValueAsBytes(schedule).length)
            .toList();

    assertThat(sizes).allMatch(size -> size <= 20_480);
    assertThat(sizes.stream().mapToInt(Integer::intValue).average().orElseThrow())
        .isBetween(3_000.0, 8_000.0);
  }

  @Test
  void refusesANumberThatNoLoanHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoanBook.loan(1, 0))
        .withMessage("a loan has a seed from 0 and a number from 1, not 1 and 0");
  }
}
