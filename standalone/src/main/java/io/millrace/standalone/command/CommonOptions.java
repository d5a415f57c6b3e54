package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of the engine's data and log; .millrace by default.")
  private Path data = DataFolder.usual().path();

  @Option(names = "--verbose", description = "Show the whole of a failure.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  public DataFolder folder() {
    return new DataFolder(data);
  }

  boolean verbose() {
    return verbose;
  }

  boolean help() {
    return help;
  }
}
