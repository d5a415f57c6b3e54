package io.millrace.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypePatternTest {

  @Test
  void meansOneType() {
    TypePattern pattern = new TypePattern("loan.amortize");

    assertThat(pattern.matches("loan.amortize")).isTrue();
    assertThat(pattern.matches("loan.amortize.all")).isFalse();
    assertThat(pattern.matches("loan")).isFalse();
  }

  @Test
  void meansAllThatBeginWithItsWords() {
    TypePattern pattern = new TypePattern("loan.*");

    assertThat(pattern.matches("loan.amortize")).isTrue();
    assertThat(pattern.matches("loan.book.close")).isTrue();
    assertThat(pattern.matches("loan")).isFalse();
    assertThat(pattern.matches("loans.amortize")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        ".*",
        "loan*",
        "*.amortize",
        "loan.*.close",
        "LOAN",
        "loan.",
        "loan.%",
        "a.*.*"
      })
  void refusesWhatIsNeither(String text) {
    assertThatThrownBy(() -> new TypePattern(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no pattern of job types");
  }
}
