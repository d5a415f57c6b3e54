package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.batch.BatchParameter.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchParametersTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);

  private final BatchParameters parameters =
      new BatchParameters(
          List.of(
              new BatchParameter("date", Kind.DATE, "The business date.", null),
              new BatchParameter("until", Kind.DATE, "The last day.", "yesterday"),
              new BatchParameter("days", Kind.NUMBER, "How many.", "030")));

  @Test
  void areThoseGivenAndTheDefaultsOfTheOthers() {
    assertThat(parameters.values("job", Map.of("date", "today"), TODAY))
        .containsExactly(
            Map.entry("date", "2026-04-01"),
            Map.entry("days", "30"),
            Map.entry("until", "2026-03-31"));
    assertThat(parameters.values("job", Map.of("date", "2026-01-02", "days", "7"), TODAY))
        .containsEntry("date", "2026-01-02")
        .containsEntry("days", "7");
  }

  @Test
  void sayWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters.values("accrual", Map.of(), TODAY))
        .withMessage("accrual needs the parameter date: The business date.");
  }

  @Test
  void sayWhatIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters.values("accrual", Map.of("day", "today"), TODAY))
        .withMessage("accrual has no parameter 'day': its parameters are date, until, days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchParameters(List.of()).values("x", Map.of("a", "b"), TODAY))
        .withMessage("x has no parameter 'a': its parameters are none");
  }

  @Test
  void sayWhatIsNotOfItsKind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters.values("accrual", Map.of("date", "soon"), TODAY))
        .withMessageStartingWith("date has to be a day");
  }

  @Test
  void haveDifferentNamesAndStayAsTheyAre() {
    List<BatchParameter> list = new ArrayList<>(parameters.all());
    BatchParameters copied = new BatchParameters(list);
    list.add(list.getFirst());

    assertThat(copied.all()).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchParameters(list))
        .withMessage("there are two parameters named 'date'");
  }
}
