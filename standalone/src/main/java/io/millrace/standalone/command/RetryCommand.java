package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has one job run once more. */
@Command(
    name = "retry",
    description = "Have a job that has ended run once more, maybe with another payload.")
public final class RetryCommand implements Callable<Integer> {

  @Mixin private JobParameter job = new JobParameter();

  @Option(names = "--payload", paramLabel = "JSON", description = "Another payload than its own.")
  private @Nullable String payload;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JobId id = job.id();
    String path = "/v1/jobs/" + id + "/retry";
    EngineApi engine = api.engine(common.folder());
    EngineApi.Answer answer;
    if (payload == null) {
      answer = engine.post(path);
    } else {
      ReplayOptions.requireJson("payload", payload);
      answer = engine.post(path, "{\"payload\":%s}".formatted(payload));
    }
    job.requireFound(answer);
    Screen.of(spec).say(json ? answer.body() : "job %s runs once more.".formatted(id));
    return 0;
  }
}
