package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.BatchParameter.Kind;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchParameterTest {

  private static final LocalDate TODAY = LocalDate.of(2024, 3, 1);

  @ParameterizedTest
  @CsvSource({
    "DATE, 2026-03-31, 2026-03-31",
    "DATE, today, 2024-03-01",
    "DATE, yesterday, 2024-02-29",
    "NUMBER, 17, 17",
    "NUMBER, -9223372036854775808, -9223372036854775808",
    "TEXT, today, today",
    "TEXT, Zürich = 'x', Zürich = 'x'"
  })
  void takesWhatIsOfItsKind(Kind kind, String given, String meant) {
    assertThat(parameter(kind).value(given, TODAY)).isEqualTo(meant);
  }

  /** Otherwise the same work could be requested twice. */
  @ParameterizedTest
  @CsvSource({"007, 7", "+7, 7", "-0, 0", "٧, 7"})
  void writesANumberInOneWayOnly(String given, String meant) {
    assertThat(parameter(Kind.NUMBER).value(given, TODAY)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, 2026-02-30, a day such as 2026-03-31",
    "DATE, 2026-3-31, a day such as 2026-03-31",
    "DATE, tomorrow, a day such as 2026-03-31",
    "DATE, Today, a day such as 2026-03-31",
    "DATE, '', a day such as 2026-03-31",
    "DATE, +12026-03-31, a day such as 2026-03-31",
    "DATE, -0044-03-15, a day such as 2026-03-31",
    "NUMBER, 1.5, a whole number",
    "NUMBER, 9223372036854775808, a whole number",
    "NUMBER, ' 1', a whole number",
    "NUMBER, '', a whole number",
    "TEXT, '', 1 to 500 characters",
    "TEXT, 'a\tb', 1 to 500 characters"
  })
  void refusesWhatIsNot(Kind kind, String given, String expectation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameter(kind).value(given, TODAY))
        .withMessageStartingWith("x has to be " + expectation)
        .withMessageEndingWith("but is '" + given + "'");
  }

  @Test
  void boundsTheLengthOfATextAndTakesNoHalvesOfCharacters() {
    assertThat(parameter(Kind.TEXT).value("ü".repeat(500), TODAY)).hasSize(500);
    assertRefused("x".repeat(501));
    assertRefused("a\uD83D");
    assertRefused("\uDE00a");
    assertThat(parameter(Kind.TEXT).value("\uD83D\uDE00", TODAY)).isEqualTo("\uD83D\uDE00");
  }

  private static void assertRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameter(Kind.TEXT).value(text, TODAY))
        .withMessageStartingWith("x has to be 1 to 500 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "business-date", "a1-b2-3"})
  void hasANameOfWords(String name) {
    assertThat(new BatchParameter(name, Kind.TEXT, "", null).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1x", "-x", "x-", "x--y", "X", "x_y", "x y", "ü"})
  void hasNoOtherName(String name) {
    assertThatThrownBy(() -> new BatchParameter(name, Kind.TEXT, "", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a parameter's name is words")
        .hasMessageEndingWith("'" + name + "'");
  }

  @Test
  void hasANameOfFiftyCharactersAtMost() {
    assertThat(new BatchParameter("x".repeat(50), Kind.TEXT, "", null).name()).hasSize(50);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchParameter("x".repeat(51), Kind.TEXT, "", null));
  }

  @Test
  void checksItsDefaultValueAtOnce() {
    assertThat(new BatchParameter("x", Kind.DATE, "", "yesterday").defaultValue())
        .isEqualTo("yesterday");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchParameter("x", Kind.NUMBER, "", "many"))
        .withMessage("x has to be a whole number, but is 'many'");
  }

  private static BatchParameter parameter(Kind kind) {
    return new BatchParameter("x", kind, "some x", null);
  }
}
