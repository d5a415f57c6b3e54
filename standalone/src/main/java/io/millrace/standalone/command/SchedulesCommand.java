package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what runs by itself, and triggers it. */
@Command(
    name = "schedules",
    description = "List what runs by itself, and when next; trigger it by hand.",
    footer = {"", "example: ./millrace schedules trigger interest-accrual"})
public final class SchedulesCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    EngineApi.Answer answer = api.engine(common.folder()).get("/v1/schedules");
    Screen.of(spec).say(Shown.of(answer, json, body -> text(body, clock.instant())));
    return 0;
  }

  @Command(name = "trigger", description = "Run what a schedule runs, beside its times.")
  int trigger(
      @Parameters(index = "0", paramLabel = "ID", description = "The schedule.") String id,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    JsonNode firing =
        Shown.read(
            engine
                .engine(options.folder())
                .post("/v1/schedules/%s/trigger".formatted(URLEncoder.encode(id, UTF_8))));
    Screen.of(spec)
        .say(
            "%s is triggered by %s; ./millrace schedules shows what becomes of it."
                .formatted(id, Shown.text(firing, "requestedBy")));
    return 0;
  }

  private static String text(JsonNode body, Instant now) {
    return Shown.table(
        List.of("schedule", "cron", "zone", "runs", "next", "last"),
        body.path("schedules").valueStream().toList(),
        each ->
            List.of(
                Shown.text(each, "id"),
                Shown.text(each, "cron"),
                Shown.text(each, "zone"),
                each.has("batch")
                    ? "batch " + Shown.text(each, "batch")
                    : "%s of %s".formatted(Shown.text(each, "type"), Shown.text(each, "tenant")),
                each.path("late").asBoolean()
                    ? "late by " + Shown.ago(each, "nextAt", now)
                    : Shown.in(each, "nextAt", now),
                last(each.path("last"), now)),
        "there are no schedules: millrace.schedules of the schedulers says what runs by itself.");
  }

  private static String last(JsonNode firing, Instant now) {
    return firing.isMissingNode()
        ? "-"
        : "%s %s ago".formatted(Shown.text(firing, "state"), Shown.ago(firing, "nominalAt", now));
  }
}
