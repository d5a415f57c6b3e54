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

/** Shows where webhooks go, and whether they do. */
@Command(
    name = "endpoints",
    description = "List a tenant's endpoints of webhooks; enable and disable them, make keys.",
    footer = {"", "example: ./millrace endpoints enable orders --tenant acme"})
public final class EndpointsCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private Owner owner = new Owner();
  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  /** Whose endpoints. */
  static final class Owner {

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description = "Whose endpoints; of the tenant 'default' by default.")
    private String tenant = "default";

    String of(String path) {
      return "/v1/endpoints%s?tenant=%s".formatted(path, URLEncoder.encode(tenant, UTF_8));
    }
  }

  @Override
  public Integer call() {
    EngineApi.Answer answer = api.engine(common.folder()).get(owner.of("") + "&limit=500");
    Screen.of(spec).say(Shown.of(answer, json, body -> text(body, clock.instant())));
    return 0;
  }

  @Command(name = "enable", description = "Have webhooks sent to it again.")
  int enable(
      @Parameters(index = "0", paramLabel = "ID", description = "The endpoint.") String id,
      @Mixin Owner whose,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    Shown.read(engine.engine(options.folder()).post(whose.of("/" + encoded(id) + "/enable")));
    Screen.of(spec).say("webhooks are sent to %s.".formatted(id));
    return 0;
  }

  @Command(name = "disable", description = "Have no webhooks sent to it.")
  int disable(
      @Parameters(index = "0", paramLabel = "ID", description = "The endpoint.") String id,
      @Mixin Owner whose,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    Shown.read(engine.engine(options.folder()).post(whose.of("/" + encoded(id) + "/disable")));
    Screen.of(spec).say("no webhooks are sent to %s.".formatted(id));
    return 0;
  }

  @Command(
      name = "key",
      description = "Make a key that signs its webhooks beside those that it has.",
      footer = {"", "The secret is printed this once, and nowhere else."})
  int key(
      @Parameters(index = "0", paramLabel = "ID", description = "The endpoint.") String id,
      @Mixin Owner whose,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    JsonNode key =
        Shown.read(engine.engine(options.folder()).post(whose.of("/" + encoded(id) + "/keys")));
    Screen.of(spec).say("key %s: %s".formatted(Shown.text(key, "id"), Shown.text(key, "secret")));
    return 0;
  }

  private static String text(JsonNode body, Instant now) {
    return Shown.table(
        List.of("endpoint", "to", "events", "state", "for", "fails", "last success", "keys"),
        body.path("endpoints").valueStream().toList(),
        each ->
            List.of(
                Shown.text(each, "id"),
                Shown.text(each, "destination"),
                each.path("eventTypes").isEmpty() ? "all" : Shown.texts(each.path("eventTypes")),
                each.path("enabled").asBoolean() ? "ENABLED" : Shown.text(each, "disabled"),
                Shown.ago(each, "disabledAt", now),
                Shown.ago(each, "failingSince", now),
                Shown.ago(each, "lastSuccessAt", now),
                Shown.texts(each.path("keys"))),
        "this tenant has no endpoints.");
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, UTF_8);
  }
}
