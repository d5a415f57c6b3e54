package io.millrace.standalone.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists the processes. */
@Command(
    name = "workers",
    description =
        "List the workers that live or ended within a day, what they run, and the schedulers.")
public final class WorkersCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    EngineApi.Answer answer = api.engine(common.folder()).get("/v1/workers");
    Screen.of(spec).say(Shown.of(answer, json, body -> text(body, clock.instant())));
    return 0;
  }

  private static String text(JsonNode body, Instant now) {
    String workers =
        Shown.table(
            List.of("worker", "id", "version", "up", "heard", "jobs", "state"),
            body.path("workers").valueStream().toList(),
            each ->
                List.of(
                    Shown.text(each, "name"),
                    BatchFigures.shortId(each),
                    Shown.text(each, "version"),
                    Shown.ago(each, "startedAt", now),
                    Shown.ago(each, "heardAt", now),
                    Shown.text(each, "jobs"),
                    each.has("end") ? Shown.text(each, "end") : "LIVES"),
            "no worker lives.");
    String schedulers =
        Shown.table(
            List.of("scheduler", "up", "heard"),
            body.path("schedulers").valueStream().toList(),
            each ->
                List.of(
                    Shown.text(each, "name"),
                    Shown.ago(each, "startedAt", now),
                    Shown.ago(each, "heardAt", now)),
            "no scheduler lives.");
    return workers + System.lineSeparator() + System.lineSeparator() + schedulers;
  }
}
