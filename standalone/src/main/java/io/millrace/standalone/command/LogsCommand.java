package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the engine's log. */
@Command(name = "logs", description = "Follow the log of the standalone engine.")
public final class LogsCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "How many lines to begin with; 50 by default.")
  private int lines = 50;

  @Option(names = "--no-follow", description = "End after these lines.")
  private boolean noFollow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path log = common.folder().log();
    if (!Files.exists(log)) {
      throw new CommandFailure(
          "there is no log yet at %s: ./millrace up or demo begins one".formatted(log));
    }
    List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (!noFollow) {
      command.add("-F"); // goes on with the next file when the log is rolled over
    }
    command.add(log.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
