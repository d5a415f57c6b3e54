package io.millrace.standalone.command;

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

/** Shows what stands failed, by what it has in common. */
@Command(
    name = "failures",
    description = "Show the jobs that stand failed, by what they have in common.",
    footer = {"", "example: ./millrace failures --sort count --type loan.amortize"})
public final class FailuresCommand implements Callable<Integer> {

  /** In which order. */
  enum Sort {
    LAST,
    COUNT
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "GROUP",
      description = "Only this group, with the stack it came from and some of its jobs.")
  private @Nullable String group;

  @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.")
  private @Nullable String type;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only of this tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only groups whose class or words contain this.")
  private @Nullable String text;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only jobs that failed then or later, such as 2026-03-01T00:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "By the latest failure or by how many: ${COMPLETION-CANDIDATES}.")
  private Sort sort = Sort.LAST;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EngineApi engine = api.engine(common.folder());
    EngineApi.Answer answer = engine.get(path());
    answer.requireOk();
    Screen.of(spec).say(json ? answer.body() : text(JsonMapper.shared().readTree(answer.body())));
    return 0;
  }

  private String path() {
    if (group != null) {
      return new Query("/v1/failures/" + Query.encoded(group)).path();
    }
    return new Query("/v1/failures")
        .with("type", type)
        .with("tenant", tenant)
        .with("text", text)
        .with("since", since)
        .with("sort", sort.name())
        .path();
  }

  private String text(JsonNode answer) {
    return group == null
        ? FailuresText.table(
            answer.path("failures").valueStream().toList(), common.folder().option())
        : FailuresText.of(answer);
  }
}
