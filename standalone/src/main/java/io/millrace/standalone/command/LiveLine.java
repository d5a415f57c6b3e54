package io.millrace.standalone.command;

/** One line that is drawn again and again on a terminal, and a line each time elsewhere. */
public final class LiveLine {

  private static final int BAR = 16;

  /** A longer line would be broken by a narrow terminal, and could not be drawn over. */
  private static final int WIDTH = 79;

  private static final String TO_START_OF_LINE = "\r";
  private static final String CLEAR_REST = "\u001b[K";

  private final Screen screen;
  private boolean drawn;

  public LiveLine(Screen screen) {
    this.screen = screen;
  }

  /**
   * Shows how far something is.
   *
   * @param done from 0 to 1
   */
  public void show(double done, String text) {
    if (screen.terminal()) {
      draw(bar(done) + " " + text);
    } else {
      screen.say(text);
    }
  }

  /** Shows a text. */
  public void show(String text) {
    if (screen.terminal()) {
      draw(text);
    } else {
      screen.say(text);
    }
  }

  /** Leaves the line as it is. */
  public void end() {
    if (drawn) {
      screen.say("");
    }
    drawn = false;
  }

  private void draw(String line) {
    String fitting = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    screen.draw(TO_START_OF_LINE + fitting + CLEAR_REST);
    drawn = true;
  }

  private static String bar(double done) {
    int filled = (int) (Math.clamp(done, 0, 1) * BAR);
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
  }
}
