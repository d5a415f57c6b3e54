package io.millrace.examples.lending.amortization;

import static io.millrace.examples.lending.amortization.ALoan.aLoan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LoanTermsTest {

  private static final ObjectMapper JSON = JsonMapper.shared();

  private static final String PAYLOAD =
      """
      {"principal": "250000.00", "currency": "EUR", "annualRate": "0.0389", "dayCount": "ACT_360",
       "disbursedOn": "2026-01-15", "firstDueOn": "2026-02-15", "frequency": "MONTHLY",
       "instalments": 240, "interestOnly": 12, "repayment": "ANNUITY", "schedule": "TOTALS"}""";

  @Test
  void areReadFromJson() {
    LoanTerms terms = JSON.readValue(PAYLOAD, LoanTerms.class);

    assertThat(terms)
        .isEqualTo(
            new LoanTerms(
                new BigDecimal("250000.00"),
                Currency.getInstance("EUR"),
                new BigDecimal("0.0389"),
                DayCount.ACT_360,
                LocalDate.of(2026, 1, 15),
                LocalDate.of(2026, 2, 15),
                Frequency.MONTHLY,
                240,
                12,
                Repayment.ANNUITY,
                ScheduleDetail.TOTALS));
  }

  @Test
  void areReadFromNumbersAsFromStrings() {
    String numbers =
        PAYLOAD.replace("\"250000.00\"", "2.5e5").replace("\"0.0389\"", "0.03890000000000000000");

    LoanTerms terms = JSON.readValue(numbers, LoanTerms.class);

    assertThat(terms).isEqualTo(JSON.readValue(PAYLOAD, LoanTerms.class));
    assertThat(terms.principal().toPlainString()).isEqualTo("250000.00");
  }

  @Test
  void takeDefaultsForWhatIsOptional() {
    ObjectNode payload = (ObjectNode) JSON.readTree(PAYLOAD);
    payload.remove("interestOnly");
    payload.remove("schedule");

    LoanTerms terms = JSON.treeToValue(payload, LoanTerms.class);

    assertThat(terms.interestOnly()).isZero();
    assertThat(terms.schedule()).isEqualTo(ScheduleDetail.FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "principal, principal is missing",
    "currency, currency is missing",
    "annualRate, annualRate is missing",
    "dayCount, dayCount is missing",
    "disbursedOn, disbursedOn is missing",
    "firstDueOn, firstDueOn is missing",
    "frequency, frequency is missing",
    "instalments, instalments",
    "repayment, repayment is missing"
  })
  void nameTheFieldThatIsMissing(String field, String message) {
    ObjectNode payload = (ObjectNode) JSON.readTree(PAYLOAD);
    payload.remove(field);

    assertThatThrownBy(() -> JSON.treeToValue(payload, LoanTerms.class))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principal | 0 | principal must be above 0 and at most 1000000000000, but is 0",
        "principal | -5 | principal must be above 0 and at most 1000000000000, but is -5",
        "principal | 1e13 | principal must be above 0 and at most 1000000000000, but is 1E+13",
        "principal | 1e-999999999 | principal in EUR has at most 2 decimals, but is 1E-999999999",
        "principal | 10.005 | principal in EUR has at most 2 decimals, but is 10.005",
        "principal | 1.00000000000000000000000000000000000000001 | principal has more than 40 digits",
        "annualRate | -0.01 | annualRate must be 0 to 1 (0.05 is 5 %), but is -0.01",
        "annualRate | 5 | annualRate must be 0 to 1 (0.05 is 5 %), but is 5",
        "annualRate | 0.0000000000001 | annualRate has at most 12 decimals, but is 1E-13",
        "currency | XAU | currency must have a minor unit, but is XAU",
        "disbursedOn | 1899-12-31 | disbursedOn must lie in 1900 to 2199, but is 1899-12-31",
        "firstDueOn | 2200-01-01 | firstDueOn must lie in 1900 to 2199, but is 2200-01-01",
        "firstDueOn | 2026-01-15 | firstDueOn must be after disbursedOn, 2026-01-15, but is 2026-01-15",
        "instalments | 0 | instalments must be 1 to 1200, but is 0",
        "instalments | 1201 | instalments must be 1 to 1200, but is 1201",
        "interestOnly | 240 | interestOnly must be 0 to 239, one less than instalments, but is 240",
        "interestOnly | -1 | interestOnly must be 0 to 239, one less than instalments, but is -1"
      })
  void sayWhatIsOutOfBounds(String field, String value, String message) {
    ObjectNode payload = (ObjectNode) JSON.readTree(PAYLOAD);
    payload.put(field, value);

    assertThatThrownBy(() -> JSON.treeToValue(payload, LoanTerms.class))
        .hasMessageContaining(message);
  }

  @Test
  void refuseToBeMadeByHandToo() {
    ALoan loan = aLoan("100", "EUR").at("1.5");

    assertThatIllegalArgumentException()
        .isThrownBy(loan::terms)
        .withMessage("annualRate must be 0 to 1 (0.05 is 5 %), but is 1.5");
  }
}
