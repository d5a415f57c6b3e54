package io.millrace.examples.lending.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  /** The first five outputs for this seed: Rosetta Code, "Pseudo-random numbers/Splitmix64". */
  @Test
  void yieldsThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1234567);

    long[] numbers = LongStream.generate(random::next).limit(5).toArray();

    assertThat(numbers)
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821"));
  }
}
