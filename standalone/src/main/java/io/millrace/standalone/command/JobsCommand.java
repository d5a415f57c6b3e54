package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.failure.CommandFailure;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    description = "List the jobs that run, are queued or wait; in each state the newest first.",
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
    FAILED
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure("--limit is %d and has to be 1 to %d".formatted(limit, MOST));
    }
    EngineApi engine = api.engine(common.folder());
    Map<String, JsonNode> found = new LinkedHashMap<>(); // one may go on to another state meanwhile
    boolean more = false;
    for (State each : states()) {
      JsonNode page = page(engine, each);
      page.path("jobs").forEach(job -> found.put(job.path("id").asString(), job));
      more |= page.has("next");
    }
    List<JsonNode> shown = found.values().stream().limit(limit).toList();
    say(shown, more || found.size() > limit);
    return 0;
  }

  private List<State> states() {
    return state == null ? List.of(State.RUNNING, State.QUEUED, State.WAITING) : List.of(state);
  }

  private JsonNode page(EngineApi engine, State each) {
    StringBuilder query = new StringBuilder("/v1/jobs?limit=").append(limit);
    addParameter(query, "state", each.name());
    addParameter(query, "type", type);
    addParameter(query, "tenant", tenant);
    EngineApi.Answer answer = engine.get(query.toString());
    answer.requireOk();
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void addParameter(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
    }
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
