package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.failure.CommandFailure;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows one job. */
@Command(name = "job", description = "Show a job: its state, its times, its result or failure.")
public final class JobCommand implements Callable<Integer> {

  private static final int NOT_FOUND = 404;

  @Parameters(index = "0", paramLabel = "ID", description = "The id that publish prints.")
  private String id = "";

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "An API instead of that of the engine that runs here.")
  private @Nullable URI api;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JobId job = jobId();
    URI base = api == null ? apiHere(common.folder()) : api;
    if (base.getScheme() == null || !base.getScheme().startsWith("http")) {
      throw new CommandFailure("--api is no address: write it as http://127.0.0.1:8080");
    }
    EngineApi.Answer answer = EngineApi.get(base.resolve("/v1/jobs/" + job));
    if (answer.status() == NOT_FOUND) {
      throw new CommandFailure(
          "there is no job %s: a job exists once a worker has claimed its message".formatted(job));
    }
    if (!answer.isOk()) {
      throw new CommandFailure("%s answers with the status %d".formatted(base, answer.status()));
    }
    Screen.of(spec)
        .say(json ? answer.body() : JobText.of(JsonMapper.shared().readTree(answer.body())));
    return 0;
  }

  private JobId jobId() {
    try {
      return JobId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "%s is no id of a job: such an id is a UUID, as publish prints it".formatted(id), e);
    }
  }

  private static URI apiHere(DataFolder folder) {
    return folder
        .engine()
        .map(EngineAddress::api)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no engine is running here: ./millrace up%s starts one, --api names another"
                        .formatted(folder.option())));
  }
}
