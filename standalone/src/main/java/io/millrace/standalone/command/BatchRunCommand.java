package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs a batch job. */
@Command(
    name = "run",
    description = "Run a batch job, as soon as a scheduler has room.",
    footer = {
      "",
      "example: ./millrace batch run interest-accrual date=yesterday --wait",
      "Exit code 1 if a run with the same parameters is in the way; with --wait 0 only if it has completed."
    })
final class BatchRunCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      description = "The job; ./millrace batch list --jobs lists them.")
  private String job = "";

  @Parameters(
      index = "1..*",
      paramLabel = "NAME=VALUE",
      description = "Its parameters; a day may be today or yesterday.")
  private List<String> parameters = new ArrayList<>();

  @Option(names = "--wait", description = "Show how far it is, until it has ended.")
  private boolean wait;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EngineApi engine = api.engine(common.folder());
    String wish = JsonMapper.shared().writeValueAsString(Map.of("job", job, "parameters", given()));
    EngineApi.Answer answer = engine.post("/v1/batch-runs", wish);
    answer.requireOk();
    JsonNode run = JsonMapper.shared().readTree(answer.body());
    Screen screen = Screen.of(spec);
    screen.say("run %s of %s is requested.".formatted(BatchFigures.text(run, "id"), job));
    if (wait) {
      UUID id = UUID.fromString(run.path("id").asString());
      return BatchCommand.watch(screen, engine, id, common);
    }
    screen.say(
        "./millrace batch watch %s%s"
            .formatted(BatchFigures.shortId(run), common.folder().option()));
    return 0;
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw new CommandFailure(
            "%s is no parameter: write it as NAME=VALUE, such as date=today".formatted(parameter));
      }
      String name = parameter.substring(0, equals);
      if (given.put(name, parameter.substring(equals + 1)) != null) {
        throw new CommandFailure("%s is given twice: decide on one".formatted(name));
      }
    }
    return given;
  }
}
