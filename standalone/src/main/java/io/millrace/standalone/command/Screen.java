package io.millrace.standalone.command;

import java.io.Console;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints.
 *
 * @param terminal whether lines can be redrawn
 */
public record Screen(PrintWriter out, boolean terminal) {

  public static Screen of(CommandSpec command) {
    Console console = System.console();
    return new Screen(command.commandLine().getOut(), console != null && console.isTerminal());
  }

  public void say(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints without ending the line. */
  public void draw(String text) {
    out.print(text);
    out.flush();
  }
}
