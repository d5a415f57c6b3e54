package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists jobs. */
@Command(
    name = "jobs",
    description = "List the jobs that run, are queued or wait, or find others; the newest first.",
    footer = {"", "example: ./millrace jobs --state FAILED --type loan.amortize"})
public final class JobsCommand implements Callable<Integer> {

  private static final int MOST = 500;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only one of: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.")
  private @Nullable String type;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only of this tenant.")
  private @Nullable String tenant;

  @Option(names = "--subject", paramLabel = "NAME", description = "Only about this subject.")
  private @Nullable String subject;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only those that stand failed in this group.")
  private @Nullable String group;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only those whose failure's class or words contain this.")
  private @Nullable String text;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only those that came then or later.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only those that came before then.")
  private @Nullable String to;

  @Option(names = "--json", description = "Print the jobs as the API answers them, as one list.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, 1 to 500; 50 by default.")
  private int limit = 50;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  /** What the API lists. */
  enum State {
    RUNNING,
    QUEUED,
    WAITING,
    FAILED,
    SUCCEEDED,
    CANCELLED,
    EXPIRED
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure("--limit is %d and has to be 1 to %d".formatted(limit, MOST));
    }
    EngineApi engine = api.engine(common.folder());
    Map<String, JsonNode> found = new LinkedHashMap<>(); // one may go on to another state meanwhile
    boolean more = false;
    for (Optional<State> each : states()) {
      more |= addTo(found, engine, each);
    }
    List<JsonNode> shown = found.values().stream().limit(limit).toList();
    if (json) {
      Screen.of(spec).say(JsonMapper.shared().writeValueAsString(shown));
      return 0;
    }
    say(shown, more || found.size() > limit);
    return 0;
  }

  /** Without anything to look for, what is on its way; else whatever there is. */
  private List<Optional<State>> states() {
    if (state != null) {
      return List.of(Optional.of(state));
    }
    return Stream.of(subject, group, text, from, to).allMatch(Objects::isNull)
        ? List.of(Optional.of(State.RUNNING), Optional.of(State.QUEUED), Optional.of(State.WAITING))
        : List.of(Optional.empty());
  }

  /** Pages until there are enough: a page of a search may have fewer jobs than there are. */
  private boolean addTo(Map<String, JsonNode> found, EngineApi engine, Optional<State> only) {
    String next = null;
    int added = 0;
    do {
      EngineApi.Answer answer = engine.get(path(only, next));
      answer.requireOk();
      JsonNode page = JsonMapper.shared().readTree(answer.body());
      page.path("jobs").forEach(job -> found.put(job.path("id").asString(), job));
      added += page.path("jobs").size();
      next = page.path("next").asString(null);
    } while (next != null && added < limit);
    return next != null;
  }

  private String path(Optional<State> only, @Nullable String after) {
    return new Query("/v1/jobs")
        .with("limit", limit)
        .with("state", only.map(State::name).orElse(null))
        .with("type", type)
        .with("tenant", tenant)
        .with("subject", subject)
        .with("group", group)
        .with("text", text)
        .with("createdFrom", from)
        .with("createdTo", to)
        .with("after", after)
        .path();
  }

  private void say(List<JsonNode> jobs, boolean more) {
    Screen screen = Screen.of(spec);
    if (jobs.isEmpty()) {
      screen.say(
          state == null
              ? "no such job runs, is queued or waits; --state FAILED lists those that failed."
              : "no such job is %s.".formatted(state));
      return;
    }
    screen.say(JobsTable.of(jobs, clock.instant()));
    if (more) {
      screen.say("There are more: --limit, up to %d, shows them.".formatted(MOST));
    }
  }
}
