package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.command.AuditCommand;
import io.millrace.standalone.command.BatchCommand;
import io.millrace.standalone.command.CancelCommand;
import io.millrace.standalone.command.DashboardCommand;
import io.millrace.standalone.command.DownCommand;
import io.millrace.standalone.command.Failures;
import io.millrace.standalone.command.JobCommand;
import io.millrace.standalone.command.JobsCommand;
import io.millrace.standalone.command.LogsCommand;
import io.millrace.standalone.command.PublishCommand;
import io.millrace.standalone.command.StatusCommand;
import io.millrace.standalone.command.TokenCommand;
import io.millrace.standalone.command.UpCommand;
import io.millrace.standalone.demo.DemoCommand;
import java.io.PrintWriter;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line. The launcher has the commands that need no engine: help, version, build, test.
 */
@Command(
    name = "millrace",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      TokenCommand.class,
      DashboardCommand.class,
      LogsCommand.class,
      PublishCommand.class,
      JobCommand.class,
      JobsCommand.class,
      CancelCommand.class,
      BatchCommand.class,
      AuditCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Millrace in one process.")
public final class Main {

  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8),
            args));
  }

  /** Runs a command and answers its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    // The libraries of commands that start no engine would print all they do.
    LoggingSystem.get(Main.class.getClassLoader()).beforeInitialize();
    int exitCode =
        Failures.shownBy(new CommandLine(new Main()))
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"millrace " + (version == null ? "development" : version)};
    }
  }
}
