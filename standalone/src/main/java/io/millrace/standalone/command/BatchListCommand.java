package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.failure.CommandFailure;
import java.net.URLEncoder;
import java.time.InstantSource;
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

/** Lists batch runs, or what may be run. */
@Command(name = "list", description = "List the latest runs, the newest first; or what may be run.")
final class BatchListCommand implements Callable<Integer> {

  private static final int MOST = 500;

  @Option(names = "--jobs", description = "List the jobs that may be run, with their parameters.")
  private boolean jobs;

  @Option(names = "--job", paramLabel = "NAME", description = "Only runs of this job.")
  private @Nullable String job;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many runs at most, 1 to 500; 20 by default.")
  private int limit = 20;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure("--limit is %d and has to be 1 to %d".formatted(limit, MOST));
    }
    EngineApi engine = api.engine(common.folder());
    EngineApi.Answer answer = engine.get(jobs ? "/v1/batch-jobs" : runs());
    answer.requireOk();
    Screen.of(spec).say(json ? answer.body() : text(answer.body()));
    return 0;
  }

  private String runs() {
    String ofJob = job == null ? "" : "&job=" + URLEncoder.encode(job, UTF_8);
    return "/v1/batch-runs?limit=" + limit + ofJob;
  }

  private String text(String answer) {
    String list = jobs ? "jobs" : "runs";
    List<JsonNode> found = JsonMapper.shared().readTree(answer).path(list).valueStream().toList();
    String option = common.folder().option();
    if (jobs) {
      return found.isEmpty()
          ? "no scheduler has any batch job."
          : BatchJobsTable.of(found)
              + "%n%n./millrace batch run JOB NAME=VALUE...%s runs one; a day may be today or yesterday."
                  .formatted(option);
    }
    return found.isEmpty()
        ? "there is no such run; ./millrace batch list --jobs%s lists what may be run."
            .formatted(option)
        : BatchRunsTable.of(found, clock.instant());
  }
}
