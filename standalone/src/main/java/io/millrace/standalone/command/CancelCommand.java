package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Calls a job off. */
@Command(
    name = "cancel",
    description = "Cancel a job that waits, is queued or runs.",
    footer = {
      "",
      "The handler of a job that runs is interrupted, and its result is refused; what it has done elsewhere stays done.",
      "Exit code 0 as well if the job was cancelled before, 1 if it has ended otherwise."
    })
public final class CancelCommand implements Callable<Integer> {

  @Mixin private JobParameter job = new JobParameter();
  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JobId id = job.id();
    EngineApi engine = api.engine(common.folder());
    job.requireFound(engine.post("/v1/jobs/" + id + "/cancel"));
    Screen.of(spec).say("job %s is CANCELLED.".formatted(id));
    return 0;
  }
}
