package io.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.standalone.command.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final Progress HALF =
      new Progress(10_000, 2, 20_000, Duration.ofMillis(4_250), 2_345.6);

  private final StringWriter printed = new StringWriter();

  @Test
  void redrawsOneLineOnATerminal() {
    ProgressLine line = new ProgressLine(new Screen(new PrintWriter(printed), true));

    line.show(HALF);
    line.show(HALF);

    assertThat(printed.toString().lines().filter(text -> !text.isEmpty()))
        .allMatch(text -> text.length() < 80)
        .hasSize(2);
    assertThat(printed.toString())
        .startsWith("\r[########........] 10,000 of 20,000 jobs")
        .doesNotContain("\n");
    assertThat(line.interval()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void printsALineASecondElsewhere() {
    ProgressLine line = new ProgressLine(new Screen(new PrintWriter(printed), false));

    line.show(HALF);

    assertThat(printed).hasToString("10,000 of 20,000 jobs, 2,346/s, 2 failed, 4.3 s\n");
    assertThat(line.interval()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void paceIsThatOfTheLastTwoSeconds() {
    Pace pace = new Pace();

    assertThat(pace.mark(Duration.ZERO, 0)).isZero();
    assertThat(pace.mark(Duration.ofSeconds(1), 100)).isEqualTo(100);
    assertThat(pace.mark(Duration.ofSeconds(2), 100)).isEqualTo(50);
    assertThat(pace.mark(Duration.ofSeconds(3), 100)).isZero();
  }
}
