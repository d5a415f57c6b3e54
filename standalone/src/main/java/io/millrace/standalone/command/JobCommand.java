package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows one job. */
@Command(name = "job", description = "Show a job: its state, its times, its result or failure.")
public final class JobCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private JobParameter job = new JobParameter();
  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JobId id = job.id();
    EngineApi engine = api.engine(common.folder());
    EngineApi.Answer answer = engine.get("/v1/jobs/" + id);
    job.requireFound(answer);
    Screen.of(spec)
        .say(json ? answer.body() : JobText.of(JsonMapper.shared().readTree(answer.body())));
    return 0;
  }
}
