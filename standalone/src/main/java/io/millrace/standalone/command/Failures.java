package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import io.millrace.standalone.failure.Reason;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One line for every failure, and an exit code: 1, or 2 for arguments that make no sense. */
public final class Failures {

  static final String PREFIX = "millrace: ";

  private Failures() {}

  /** Has {@code commands} fail in this way. */
  public static CommandLine shownBy(CommandLine commands) {
    return commands
        .setExecutionExceptionHandler(Failures::failed)
        .setParameterExceptionHandler(Failures::misused);
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean verbose = isVerbose(parsed);
    if (failure instanceof CommandFailure told) {
      err.println(PREFIX + oneLine(String.valueOf(told.getMessage())));
    } else {
      String more = verbose ? "" : " (--verbose shows all of it)";
      err.println(PREFIX + "unexpected: " + oneLine(Reason.of(failure)) + more);
    }
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int misused(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName(" ");
    command
        .getErr()
        .println(
            "%s%s: ./%s --help says what there is"
                .formatted(PREFIX, oneLine(String.valueOf(failure.getMessage())), name));
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static boolean isVerbose(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    return commands.stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption("--verbose"));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
