package io.millrace.standalone.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows how other people's systems are, and decides about their circuits. */
@Command(
    name = "dependencies",
    description =
        "Show other people's systems that jobs call; force their circuits open or closed.",
    footer = {
      "",
      "example: ./millrace dependencies open credit-bureau --reason 'they asked us to stop'",
      "         ./millrace dependencies automatic credit-bureau"
    })
public final class DependenciesCommand implements Callable<Integer> {

  private static final List<String> HEAD =
      List.of("dependency", "circuit", "for", "next probe", "rests", "parked", "limits", "reason");

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    EngineApi.Answer answer = api.engine(common.folder()).get("/v1/dependencies");
    Screen.of(spec).say(Shown.of(answer, json, body -> text(body, clock.instant())));
    return 0;
  }

  @Command(name = "open", description = "Have nobody call it, nor probe it; its jobs wait.")
  int open(
      @Parameters(index = "0", paramLabel = "KEY", description = "The dependency.") String key,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
          String reason,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    return decide("open", Map.of("key", key, "reason", reason), engine.engine(options.folder()));
  }

  @Command(name = "close", description = "Have its calls go through, whatever fails.")
  int close(
      @Parameters(index = "0", paramLabel = "KEY", description = "The dependency.") String key,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
          String reason,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    return decide("close", Map.of("key", key, "reason", reason), engine.engine(options.folder()));
  }

  @Command(
      name = "automatic",
      description = "Leave its circuit to probes and to what workers find again.")
  int automatic(
      @Parameters(index = "0", paramLabel = "KEY", description = "The dependency.") String key,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    return decide("automatic", Map.of("key", key), engine.engine(options.folder()));
  }

  private int decide(String what, Map<String, String> request, EngineApi engine) {
    JsonNode decided = Shown.read(engine.post("/v1/dependencies/" + what, Shown.json(request)));
    Screen.of(spec)
        .say(
            "%s is %s%s."
                .formatted(
                    Shown.text(decided, "key"),
                    Shown.text(decided, "circuit"),
                    decided.has("forcedBy")
                        ? ", as " + Shown.text(decided, "forcedBy") + " has decided"
                        : ", until something else is found"));
    return 0;
  }

  private static String text(JsonNode body, Instant now) {
    return Shown.table(
        HEAD,
        body.path("dependencies").valueStream().toList(),
        each ->
            List.of(
                Shown.text(each, "key"),
                each.has("forcedBy")
                    ? Shown.text(each, "circuit") + ", forced by " + Shown.text(each, "forcedBy")
                    : Shown.text(each, "circuit"),
                Shown.ago(each, "since", now),
                Shown.in(each, "retryAt", now),
                Shown.in(each, "restUntil", now),
                parked(each),
                limits(each),
                Shown.text(each, "reason")),
        "no dependency was ever in trouble.");
  }

  private static String parked(JsonNode dependency) {
    long jobs =
        dependency
            .path("parked")
            .valueStream()
            .mapToLong(tenant -> tenant.path("jobs").asLong())
            .sum();
    return Long.toString(jobs);
  }

  private static String limits(JsonNode dependency) {
    String limits =
        dependency
            .path("limits")
            .valueStream()
            .map(
                limit ->
                    "%s (%.1f s ahead)"
                        .formatted(
                            Shown.text(limit, "rate"), limit.path("aheadSeconds").asDouble()))
            .collect(Collectors.joining(", "));
    return limits.isEmpty() ? "-" : limits;
  }
}
