package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void cutsWhatIsTooLongBetweenCharacters() {
    String emoji = "\uD83D\uDE00";

    Failure failure = new Failure("x".repeat(300), "a" + emoji.repeat(3_000), null);

    assertThat(failure.kind()).hasSize(200);
    assertThat(failure.message()).hasSize(3_999).endsWith(emoji);
  }

  @Test
  void dropsWhatATextOfTheDatabaseCannotHold() {
    Failure failure = new Failure("Broken", "a\0b", "c\0d");

    assertThat(failure.message()).isEqualTo("a\uFFFDb");
    assertThat(failure.cause()).isEqualTo("c\uFFFDd");
  }

  @Test
  void saysSomethingOfAnExceptionThatSaysNothing() {
    Failure failure = Failure.of(new IllegalStateException());

    assertThat(failure.kind()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("IllegalStateException without a message");
    assertThat(failure.cause()).contains("FailureTest");
  }
}
