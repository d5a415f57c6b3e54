package io.millrace.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows one batch run. */
@Command(
    name = "show",
    description = "Show a run: its partitions, what it has left out, its control totals.")
final class BatchShowCommand implements Callable<Integer> {

  private static final int USUAL = 20;
  private static final int MOST = 10_000;

  @Option(
      names = "--json",
      description = "Print what the API answers, with what was left out in 'skipped'.")
  private boolean json;

  @Mixin private BatchRunParameter run = new BatchRunParameter();
  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EngineApi engine = api.engine(common.folder());
    String path = "/v1/batch-runs/" + run.id(engine);
    JsonNode shown = get(engine, path);
    JsonNode skipped =
        get(engine, "%s/skipped?limit=%d".formatted(path, json ? MOST : USUAL)).path("skipped");
    Screen.of(spec)
        .say(
            json
                ? ((ObjectNode) shown).set("skipped", skipped).toString()
                : BatchRunText.of(shown, skipped));
    return 0;
  }

  private static JsonNode get(EngineApi engine, String path) {
    EngineApi.Answer answer = engine.get(path);
    answer.requireOk();
    return JsonMapper.shared().readTree(answer.body());
  }
}
