package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final StringWriter printed = new StringWriter();

  @Test
  void isDrawnOverOnATerminal() {
    LiveLine line = line(true);

    line.show(0, "none");
    line.show(0.5, "half");
    line.show(1.2, "more");
    line.show("just text");

    assertThat(printed)
        .hasToString(
            "\r[................] none\u001b[K\r[########........] half\u001b[K"
                + "\r[################] more\u001b[K\rjust text\u001b[K");
  }

  @Test
  void isNoWiderThanANarrowTerminal() {
    line(true).show(0.5, "x".repeat(100));

    assertThat(printed.toString()).hasSize(1 + 79 + 3).contains("x…");
  }

  @Test
  void isALineEachTimeElsewhere() {
    LiveLine line = line(false);

    line.show(0.5, "half");
    line.show("x".repeat(100));
    line.end();

    assertThat(printed.toString().lines()).containsExactly("half", "x".repeat(100));
  }

  @Test
  void isLeftOnce() {
    LiveLine line = line(true);

    line.end();
    line.show("a");
    line.end();
    line.end();

    assertThat(printed.toString()).isEqualToNormalizingNewlines("\ra\u001b[K\n");
  }

  private LiveLine line(boolean terminal) {
    return new LiveLine(new Screen(new PrintWriter(printed), terminal));
  }
}
