package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.failure.CommandFailure;
import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists what was changed. */
@Command(name = "list", description = "List what was changed, the latest first.")
final class AuditListCommand implements Callable<Integer> {

  private static final int MOST = 500;

  @Option(names = "--actor", paramLabel = "SUBJECT", description = "Only by them.")
  private @Nullable String actor;

  @Option(names = "--action", paramLabel = "NAME", description = "Only this, such as job.cancel.")
  private @Nullable String action;

  @Option(
      names = "--resource",
      paramLabel = "PATH",
      description = "Only of this, such as jobs/6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10.")
  private @Nullable String resource;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only from then on, such as 2026-03-31T18:00:00Z.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before then.")
  private @Nullable String until;

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

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure("--limit is %d and has to be 1 to %d".formatted(limit, MOST));
    }
    EngineApi.Answer answer = api.engine(common.folder()).get(path());
    answer.requireOk();
    Screen.of(spec).say(json ? answer.body() : text(answer.body()));
    return 0;
  }

  private String path() {
    StringBuilder path = new StringBuilder("/v1/audit?limit=").append(limit);
    add(path, "actor", actor);
    add(path, "action", action);
    add(path, "resource", resource);
    add(path, "since", since);
    add(path, "until", until);
    return path.toString();
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
    }
  }

  private static String text(String answer) {
    JsonNode page = JsonMapper.shared().readTree(answer);
    List<JsonNode> records = page.path("records").valueStream().toList();
    if (records.isEmpty()) {
      return "nothing of that was changed.";
    }
    String table = AuditTable.of(records);
    return page.has("next")
        ? table + "%nThere are more: --limit, up to %d, shows them.".formatted(MOST)
        : table;
  }
}
