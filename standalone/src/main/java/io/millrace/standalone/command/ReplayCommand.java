package io.millrace.standalone.command;

import io.millrace.core.Pause;
import io.millrace.standalone.failure.CommandFailure;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has failed jobs run once more, many at a time. */
@Command(
    name = "replay",
    description = "Have failed jobs run once more: some, those of a group, or those of a filter.",
    footer = {
      "",
      "example: ./millrace replay --group 1f0c... --patch '{\"rate\":\"3.5\"}' --rate 500 --canary 10",
      "Without --ids and --group, --type, --tenant, --text, --from and --to say which; --all stands for all.",
      "Exit code 0 only if the replay is done, and none of its jobs was refused."
    })
public final class ReplayCommand implements Callable<Integer> {

  @Mixin private ReplayOptions wish = new ReplayOptions();

  @Option(names = "--dry-run", description = "Say how many jobs there are, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The same one again makes no second replay; a new one by default.")
  private @Nullable String key;

  @Option(names = "--no-wait", description = "Return once the replay is made.")
  private boolean noWait;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EngineApi engine = api.engine(common.folder());
    Screen screen = Screen.of(spec);
    EngineApi.Answer answer =
        dryRun
            ? engine.post("/v1/replays/dry-run", wish.body())
            : engine.post(
                "/v1/replays", wish.body(), key == null ? UUID.randomUUID().toString() : key);
    answer.requireOk();
    JsonNode made = JsonMapper.shared().readTree(answer.body());
    if (dryRun || noWait) {
      screen.say(json ? answer.body() : dryRun ? samples(made) : ReplayText.of(made));
      return 0;
    }
    return watch(engine, screen, made.path("id").asString());
  }

  private int watch(EngineApi engine, Screen screen, String id) {
    if (!json) {
      screen.say(
          "replay %s; ./millrace replay stop %s%s stops it."
              .formatted(id, id, common.folder().option()));
    }
    JsonNode ended =
        new ReplayWatch(
                () -> engine.get("/v1/replays/" + id),
                json ? new Screen(new PrintWriter(Writer.nullWriter()), false) : screen,
                Pause.THREAD)
            .toEnd();
    screen.say(json ? ended.toString() : ReplayText.of(ended));
    return ended.path("state").asString().equals("DONE") && ended.path("refused").asLong() == 0
        ? 0
        : 1;
  }

  private static String samples(JsonNode dry) {
    long total = dry.path("total").asLong();
    if (total == 0) {
      return "no such job stands failed.";
    }
    StringBuilder text = new StringBuilder("%,d jobs stand failed, such as".formatted(total));
    dry.path("samples").forEach(job -> text.append("%n  %s".formatted(job.asString())));
    return text.toString();
  }

  @Command(name = "list", description = "List the latest replays, the newest first.")
  int list(
      @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many.")
          int limit,
      @Option(names = "--json", description = "Print what the API answers.") boolean asJson,
      @Mixin ApiOption where,
      @Mixin CommonOptions options) {
    EngineApi.Answer answer =
        where.engine(options.folder()).get(new Query("/v1/replays").with("limit", limit).path());
    answer.requireOk();
    List<JsonNode> found =
        JsonMapper.shared().readTree(answer.body()).path("replays").valueStream().toList();
    Screen.of(spec)
        .say(
            asJson
                ? answer.body()
                : found.isEmpty() ? "there is no replay." : ReplayText.table(found));
    return 0;
  }

  @Command(name = "show", description = "Show a replay, with what it has refused.")
  int show(
      @Parameters(paramLabel = "ID", description = "Of the replay.") String id,
      @Option(names = "--json", description = "Print what the API answers.") boolean asJson,
      @Mixin ApiOption where,
      @Mixin CommonOptions options) {
    return say(where.engine(options.folder()).get("/v1/replays/" + known(id)), asJson);
  }

  @Command(
      name = "stop",
      description = "Stop a replay; what it has replayed runs on, and resume goes on from there.")
  int stop(
      @Parameters(paramLabel = "ID", description = "Of the replay.") String id,
      @Option(names = "--json", description = "Print what the API answers.") boolean asJson,
      @Mixin ApiOption where,
      @Mixin CommonOptions options) {
    return say(where.engine(options.folder()).post("/v1/replays/" + known(id) + "/stop"), asJson);
  }

  @Command(
      name = "resume",
      description = "Have a replay go on that was stopped, or has paused itself.")
  int resume(
      @Parameters(paramLabel = "ID", description = "Of the replay.") String id,
      @Option(names = "--json", description = "Print what the API answers.") boolean asJson,
      @Mixin ApiOption where,
      @Mixin CommonOptions options) {
    return say(where.engine(options.folder()).post("/v1/replays/" + known(id) + "/resume"), asJson);
  }

  private int say(EngineApi.Answer answer, boolean asJson) {
    answer.requireOk();
    Screen.of(spec)
        .say(asJson ? answer.body() : ReplayText.of(JsonMapper.shared().readTree(answer.body())));
    return 0;
  }

  private static UUID known(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("%s is no id of a replay, which is a UUID".formatted(id), e);
    }
  }
}
