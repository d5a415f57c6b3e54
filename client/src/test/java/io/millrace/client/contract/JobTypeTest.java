package io.millrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JobTypeTest {

  @Test
  void isValidExactlyWhereThePublishedPatternMatches() {
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    System.out.println("JobTypeTest: -Dmillrace.seed=" + seed);
    Random random = new Random(seed);
    Pattern pattern = Pattern.compile(JobType.PATTERN);

    for (int i = 0; i < 50_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        name.append("az09-..A_ \n\u00e4".charAt(random.nextInt(12)));
      }
      assertThat(JobType.isValid(name.toString()))
          .as("'%s' of seed %d", name, seed)
          .isEqualTo(pattern.matcher(name).matches());
    }
  }

  @Test
  void hasAtMostAHundredCharacters() {
    assertThat(JobType.isValid("a".repeat(100))).isTrue();
    assertThat(JobType.isValid("a".repeat(101))).isFalse();
  }
}
