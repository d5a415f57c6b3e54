package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Shows messages that could not become jobs, and decides about them. */
@Command(
    name = "quarantine",
    description = "List messages that could not become jobs; show, resubmit and discard them.",
    footer = {
      "",
      "example: ./millrace quarantine resubmit ID --type loan.amortize --body fixed.json",
      "         ./millrace quarantine discard --all --reason UNROUTED --note 'a test of theirs'"
    })
public final class QuarantineCommand implements Callable<Integer> {

  private static final String LIST = "/v1/quarantine";

  @Mixin private Which which = new Which();

  @Option(names = "--resolved", description = "Those about which somebody has decided instead.")
  private boolean resolved;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, 1 to 500; 50 by default.")
  private int limit = 50;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  /** Which messages. */
  static final class Which {

    @Option(names = "--reason", paramLabel = "REASON", description = "Only with this reason.")
    private @Nullable String reason;

    @Option(names = "--queue", paramLabel = "NAME", description = "Only from this queue.")
    private @Nullable String queue;

    @Option(names = "--routing-key", paramLabel = "KEY", description = "Only with this key.")
    private @Nullable String type;

    @Option(names = "--text", paramLabel = "TEXT", description = "Only with this in the reason.")
    private @Nullable String text;

    Map<String, Object> values() {
      Map<String, Object> values = new LinkedHashMap<>();
      put(values, "reason", reason);
      put(values, "queue", queue);
      put(values, "type", type);
      put(values, "text", text);
      return values;
    }

    private static void put(Map<String, Object> values, String name, @Nullable String value) {
      if (value != null) {
        values.put(name, value);
      }
    }
  }

  /** One message, or all that match. */
  static final class Subject {

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The message.")
    private @Nullable UUID id;

    @Option(names = "--all", description = "All that match, 500 at most, instead of one.")
    private boolean all;

    @Mixin private Which which = new Which();

    boolean isOne() {
      if ((id == null) == !all) {
        throw new CommandFailure("say which message, or --all and what they have in common");
      }
      return id != null;
    }

    String path(String decision) {
      return isOne() ? "%s/%s/%s".formatted(LIST, id, decision) : LIST + "/" + decision;
    }

    Map<String, Object> request() {
      Map<String, Object> request = new LinkedHashMap<>();
      if (!isOne()) {
        request.putAll(which.values());
        request.put("limit", 500);
      }
      return request;
    }
  }

  @Override
  public Integer call() {
    StringBuilder path =
        new StringBuilder("%s?limit=%d&resolved=%s".formatted(LIST, limit, resolved));
    which
        .values()
        .forEach(
            (name, value) ->
                path.append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), UTF_8)));
    EngineApi.Answer answer = api.engine(common.folder()).get(path.toString());
    Screen.of(spec).say(Shown.of(answer, json, body -> text(body, clock.instant())));
    return 0;
  }

  @Command(name = "show", description = "Show a message, with what it says.")
  int show(
      @Parameters(index = "0", paramLabel = "ID", description = "The message.") UUID id,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    JsonNode message = Shown.read(engine.engine(options.folder()).get(LIST + "/" + id));
    Screen.of(spec).say(message.toPrettyString());
    return 0;
  }

  @Command(
      name = "resubmit",
      description = "Have messages become jobs, as they came or changed.",
      footer = {"", "What is left out stays as it came. Of several who do that, one succeeds."})
  int resubmit(
      @Mixin Subject subject,
      @Option(names = "--tenant", paramLabel = "NAME", description = "Whose the job is.")
          @Nullable String tenant,
      @Option(names = "--type", paramLabel = "TYPE", description = "Another type.")
          @Nullable String type,
      @Option(names = "--message-id", paramLabel = "ID", description = "Another message id.")
          @Nullable String messageId,
      @Option(names = "--body", paramLabel = "FILE", description = "Another body.")
          @Nullable Path body,
      @Option(names = "--note", paramLabel = "TEXT", description = "What was wrong.")
          @Nullable String note,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    Map<String, Object> request = subject.request();
    Which.put(request, "tenant", tenant);
    Which.put(request, "type", type);
    Which.put(request, "messageId", messageId);
    Which.put(request, "body", body == null ? null : read(body));
    Which.put(request, "note", note);
    JsonNode decided =
        Shown.read(
            engine.engine(options.folder()).post(subject.path("resubmit"), Shown.json(request)));
    Screen.of(spec)
        .say(
            subject.isOne()
                ? "job %s".formatted(Shown.text(decided, "job"))
                : many(decided, "have become jobs"));
    return refused(decided);
  }

  @Command(
      name = "discard",
      description = "Give messages up; they stay in the list of those that are resolved.")
  int discard(
      @Mixin Subject subject,
      @Option(names = "--note", paramLabel = "TEXT", required = true, description = "Why.")
          String note,
      @Mixin ApiOption engine,
      @Mixin CommonOptions options) {
    Map<String, Object> request = subject.request();
    request.put("note", note);
    JsonNode decided =
        Shown.read(
            engine.engine(options.folder()).post(subject.path("discard"), Shown.json(request)));
    Screen.of(spec).say(subject.isOne() ? "it is discarded." : many(decided, "are discarded"));
    return refused(decided);
  }

  private static int refused(JsonNode decided) {
    return decided.path("refused").isEmpty() ? 0 : 1;
  }

  private static String many(JsonNode decided, String what) {
    StringBuilder text = new StringBuilder("%s %s".formatted(Shown.text(decided, "done"), what));
    decided
        .path("refused")
        .forEach(
            each ->
                text.append(System.lineSeparator())
                    .append(Shown.text(each, "id"))
                    .append(": ")
                    .append(Shown.text(each, "detail")));
    return text.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read as text".formatted(file), e);
    }
  }

  private static String text(JsonNode body, Instant now) {
    return Shown.table(
        List.of("id", "reason", "queue", "key", "message", "times", "last", "state"),
        body.path("messages").valueStream().toList(),
        each ->
            List.of(
                Shown.text(each, "id"),
                Shown.text(each, "reason"),
                Shown.text(each, "queue"),
                Shown.text(each, "type"),
                Shown.text(each, "messageId"),
                Shown.text(each, "arrivals"),
                Shown.ago(each, "lastArrivedAt", now) + " ago",
                Shown.text(each, "state")),
        "there is no such message.");
  }
}
