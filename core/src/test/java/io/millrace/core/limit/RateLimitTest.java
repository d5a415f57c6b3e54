package io.millrace.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  @Test
  void isReadFromTextAndWrittenAsText() {
    assertThat(RateLimit.of("50/s")).isEqualTo(new RateLimit(50, Duration.ofSeconds(1)));
    assertThat(RateLimit.of("1000/min")).isEqualTo(new RateLimit(1_000, Duration.ofMinutes(1)));
    assertThat(RateLimit.of("10000/h")).isEqualTo(new RateLimit(10_000, Duration.ofHours(1)));
    assertThat(RateLimit.of(" 5 / 10s ")).isEqualTo(new RateLimit(5, Duration.ofSeconds(10)));
    for (String text : List.of("50/s", "5/10s", "1000/min", "7/15min", "3/h", "900/d", "9/31d")) {
      assertThat(RateLimit.of(text)).hasToString(text);
    }
  }

  @Test
  void isTheSameLimitHoweverItsTimeIsWritten() {
    assertThat(RateLimit.of("5/60s")).isEqualTo(RateLimit.of("5/min")).hasToString("5/min");
  }

  @Test
  void saysWhatIsWrongWithAText() {
    for (String text :
        List.of("", "50", "50/", "/s", "50/ms", "-1/s", "5.5/s", "50 per s", "5/s/s")) {
      assertThatThrownBy(() -> RateLimit.of(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "'%s' is no rate limit; write calls, a slash and a time in s, min, h or d: 50/s, 5/10s",
              text);
    }
    assertThatThrownBy(() -> RateLimit.of("0/s"))
        .hasMessageContaining("'0/s'")
        .hasMessageContaining("at least 1 call");
    assertThatThrownBy(() -> RateLimit.of("10001/s"))
        .hasMessageContaining("at most 10000 a second");
    assertThatThrownBy(() -> RateLimit.of("5/0s")).hasMessageContaining("from 1 s to 31 d");
    assertThatThrownBy(() -> RateLimit.of("5/32d")).hasMessageContaining("from 1 s to 31 d");
    assertThatThrownBy(() -> new RateLimit(5, Duration.ofMillis(1_500)))
        .hasMessageContaining("whole seconds");
  }
}
