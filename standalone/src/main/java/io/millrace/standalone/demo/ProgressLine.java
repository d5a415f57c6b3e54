package io.millrace.standalone.demo;

import io.millrace.standalone.command.LiveLine;
import io.millrace.standalone.command.Screen;
import java.time.Duration;
import java.util.Locale;

/** How far the run is: a line that is drawn again and again, or a line a second. */
final class ProgressLine {

  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration PRINT = Duration.ofSeconds(1);

  private final Screen screen;
  private final LiveLine line;

  ProgressLine(Screen screen) {
    this.screen = screen;
    this.line = new LiveLine(screen);
  }

  /** How often to show the progress. */
  Duration interval() {
    return screen.terminal() ? REDRAW : PRINT;
  }

  void show(Progress progress) {
    line.show((double) progress.done() / progress.total(), text(progress));
  }

  /** Leaves the line as it is. */
  void end() {
    line.end();
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
}
