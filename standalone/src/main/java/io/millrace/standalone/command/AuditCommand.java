package io.millrace.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who has changed what, and whether somebody has changed that. */
@Command(
    name = "audit",
    subcommands = {AuditListCommand.class, AuditVerifyCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Show who has changed what; check that nobody has changed that.",
    footer = {"", "example: ./millrace audit verify"})
public final class AuditCommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean help() {
    return help;
  }
}
