package io.millrace.chaos.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 1_999, 100_000})
  void addsUpToWhatTheFormulaSays(int terms) {
    Sum sum = new Sum(-5, terms, 0);

    assertThat(sum.addUp().value()).isEqualTo(sum.expected());
  }

  @Test
  void oneAttemptInFiveHasBadLuck() {
    long bad = IntStream.range(0, 10_000).filter(i -> Luck.isBad("flaky-" + i, 1)).count();
    long badTwice =
        IntStream.range(0, 10_000)
            .filter(i -> Luck.isBad("flaky-" + i, 1) && Luck.isBad("flaky-" + i, 2))
            .count();

    assertThat(bad).isBetween(1_800L, 2_200L);
    assertThat(badTwice).isBetween(200L, 650L);
  }
}
