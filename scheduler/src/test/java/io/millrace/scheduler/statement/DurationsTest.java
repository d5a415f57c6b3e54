package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void isWithinOnePercentOfTheTruePercentiles() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long[] micros =
          LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 25))
              .limit(1 + random.nextInt(500))
              .toArray();

      Durations durations = durations(micros);

      Arrays.sort(micros);
      for (int percent : new int[] {1, 50, 95, 99, 100}) {
        long exact = micros[Math.ceilDiv(micros.length * percent, 100) - 1];
        assertThat(durations.percentile(percent))
            .as("percentile %d of %d, seed %d", percent, micros.length, seed)
            .isCloseTo(exact, within(1 + exact / 100));
      }
    }
  }

  @Test
  void addsUpToTheSameInWhateverParts() {
    Random random = new Random(7);
    long[] micros = random.longs(1_000, 0, 10_000_000).toArray();
    List<Durations> parts = new ArrayList<>();
    for (int from = 0; from < micros.length; from += 100) {
      parts.add(durations(Arrays.copyOfRange(micros, from, from + 100)));
    }

    assertThat(Durations.sum(parts)).isEqualTo(durations(micros));
  }

  @Test
  void isExactAboutOneAndAboutTheLongest() {
    assertThat(durations(123_457).percentile(50)).isCloseTo(123_457, within(1_234L));
    assertThat(durations(1_000_000, 1_000_001).percentile(100)).isLessThanOrEqualTo(1_000_001);
    assertThat(durations(0, 0).percentile(99)).isZero();
  }

  @Test
  void saysNothingAboutNothing() {
    Durations nothing = Durations.sum(List.of());

    assertThat(nothing.isEmpty()).isTrue();
    assertThatThrownBy(() -> nothing.percentile(50)).isInstanceOf(IllegalStateException.class);
  }

  /** As the database does it. */
  private static Durations durations(long... micros) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    for (long each : micros) {
      int bucket = (int) Math.ceil(Math.log(Math.max(each, 1)) / Math.log(Durations.GROWTH));
      counts.merge(bucket, 1L, Long::sum);
    }
    return new Durations(counts, Arrays.stream(micros).max().orElse(0));
  }
}
