package io.millrace.standalone.command;

import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows batch runs, begins and ends them. */
@Command(
    name = "batch",
    subcommands = {BatchListCommand.class, BatchRunCommand.class, BatchShowCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Show, run, watch, stop, restart and abandon nightly batches.",
    footer = {"", "example: ./millrace batch run interest-accrual date=yesterday --wait"})
public final class BatchCommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  boolean help() {
    return help;
  }

  @Command(
      name = "watch",
      description = "Show how far a run is, until it has ended.",
      footer = {"", "Exit code 0 only if it has completed."})
  int watch(@Mixin BatchRunParameter run, @Mixin ApiOption api, @Mixin CommonOptions common) {
    EngineApi engine = api.engine(common.folder());
    return watch(Screen.of(spec), engine, run.id(engine), common);
  }

  @Command(
      name = "stop",
      description = "Stop a run, at the end of its chunk if it runs.",
      footer = {"", "What is committed stays; restart goes on from there."})
  int stop(@Mixin BatchRunParameter run, @Mixin ApiOption api, @Mixin CommonOptions common) {
    JsonNode changed = change("stop", run, api.engine(common.folder()));
    boolean stops = changed.path("stopRequested").asBoolean();
    say(changed, stops ? "stops at the end of its chunk" : "has STOPPED");
    return 0;
  }

  @Command(
      name = "restart",
      description = "Have a run go on that has stopped or failed, where it was.",
      footer = {"", "With --wait the exit code is 0 only if it has completed."})
  int restart(
      @Mixin BatchRunParameter run,
      @Option(names = "--wait", description = "Show how far it is, until it has ended.")
          boolean wait,
      @Mixin ApiOption api,
      @Mixin CommonOptions common) {
    EngineApi engine = api.engine(common.folder());
    JsonNode changed = change("restart", run, engine);
    say(changed, "goes on as soon as a scheduler has room");
    return wait
        ? watch(Screen.of(spec), engine, UUID.fromString(changed.path("id").asString()), common)
        : 0;
  }

  @Command(
      name = "abandon",
      description = "Give up a run that has stopped or failed.",
      footer = {"", "What is committed stays. A new run with the same parameters may begin then."})
  int abandon(@Mixin BatchRunParameter run, @Mixin ApiOption api, @Mixin CommonOptions common) {
    say(change("abandon", run, api.engine(common.folder())), "was ABANDONED");
    return 0;
  }

  /** Shows a run until it has ended, and answers the exit code. */
  static int watch(Screen screen, EngineApi engine, UUID run, CommonOptions common) {
    JsonNode ended = BatchWatch.of(run, engine, screen).toEnd();
    screen.say(BatchEndText.of(ended, common.folder().option()));
    return BatchFigures.text(ended, "state").equals("COMPLETED") ? 0 : 1;
  }

  private static JsonNode change(String what, BatchRunParameter run, EngineApi engine) {
    EngineApi.Answer answer = engine.post("/v1/batch-runs/%s/%s".formatted(run.id(engine), what));
    answer.requireOk();
    return JsonMapper.shared().readTree(answer.body());
  }

  private void say(JsonNode run, String what) {
    Screen.of(spec)
        .say(
            "run %s of %s %s."
                .formatted(BatchFigures.shortId(run), BatchFigures.text(run, "job"), what));
  }
}
