package io.millrace.standalone.demo;

import io.millrace.standalone.command.Screen;
import java.time.Duration;
import java.util.Locale;

/** One line that is drawn again and again on a terminal, and a line a second elsewhere. */
final class ProgressLine {

  private static final int BAR = 24;
  private static final String TO_START_OF_LINE = "\r";
  private static final String CLEAR_REST = "\u001b[K";
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration PRINT = Duration.ofSeconds(1);

  private final Screen screen;

  ProgressLine(Screen screen) {
    this.screen = screen;
  }

  /** How often to show the progress. */
  Duration interval() {
    return screen.terminal() ? REDRAW : PRINT;
  }

  void show(Progress progress) {
    if (screen.terminal()) {
      screen.draw(TO_START_OF_LINE + bar(progress) + " " + text(progress) + CLEAR_REST);
    } else {
      screen.say(text(progress));
    }
  }

  /** Leaves the line as it is. */
  void end() {
    if (screen.terminal()) {
      screen.say("");
    }
  }

  static String text(Progress progress) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d jobs, %,.0f/s, %,d failed, %.1f s",
        progress.done(),
        progress.total(),
        progress.perSecond(),
        progress.failed(),
        progress.elapsed().toMillis() / 1e3);
  }

  static String bar(Progress progress) {
    int filled = (int) ((long) progress.done() * BAR / progress.total());
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
  }
}
