package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.Lane;
import io.millrace.standalone.failure.CommandFailure;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what waits, and pauses it. */
@Command(
    name = "queues",
    description =
        "Show what waits and runs, by type; pause types and lanes everywhere, and resume them.",
    footer = {
      "",
      "example: ./millrace queues pause loan.amortize --reason 'wrong rates'",
      "         ./millrace queues resume --lane LOW"
    })
public final class QueuesCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    EngineApi.Answer answer = api.engine(common.folder()).get("/v1/queues");
    Screen.of(spec).say(Shown.of(answer, json, body -> QueuesText.of(body, clock.instant())));
    return 0;
  }

  @Command(
      name = "pause",
      description = "Have no job of a type, or of a lane, begin anywhere, until it is resumed.",
      footer = {"", "What runs goes on. Messages wait in the broker; deadlines go on as well."})
  int pause(
      @Mixin Part part,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why: whoever wonders will read it.")
          String reason,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    JsonNode paused =
        Shown.read(
            engine
                .engine(options.folder())
                .post(part.path() + "/pause", Shown.json(Map.of("reason", reason))));
    JsonNode pause = paused.path("paused");
    Screen.of(spec)
        .say(
            "%s is paused by %s: %s"
                .formatted(
                    Shown.text(paused, "name"),
                    Shown.text(pause, "by"),
                    Shown.text(pause, "reason")));
    return 0;
  }

  @Command(name = "resume", description = "Have jobs of a type, or of a lane, begin again.")
  int resume(@Mixin Part part, @Mixin ApiOption engine, @Mixin CommonOptions options) {
    JsonNode resumed = Shown.read(engine.engine(options.folder()).post(part.path() + "/resume"));
    Screen.of(spec).say("%s is not paused.".formatted(Shown.text(resumed, "name")));
    return 0;
  }

  /** A type, or a lane. */
  static final class Part {

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "The type.")
    private @Nullable String type;

    @Option(
        names = "--lane",
        paramLabel = "LANE",
        description = "A lane instead: ${COMPLETION-CANDIDATES}.")
    private @Nullable Lane lane;

    /**
     * Where it is in the API.
     *
     * @throws CommandFailure if it is neither, or both
     */
    String path() {
      if ((type == null) == (lane == null)) {
        throw new CommandFailure("say which type, or --lane and which lane");
      }
      return type == null
          ? "/v1/queues/lanes/" + String.valueOf(lane).toUpperCase(Locale.ROOT)
          : "/v1/queues/types/" + URLEncoder.encode(type, UTF_8);
    }
  }
}
