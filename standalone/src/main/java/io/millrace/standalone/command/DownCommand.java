package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.failure.CommandFailure;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the engine. */
@Command(
    name = "down",
    description = "Stop the standalone engine; it finishes the jobs that it runs.",
    footer = {"", "Exit code 0 as well if none runs."})
public final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = Screen.of(spec);
    DataFolder folder = common.folder();
    OptionalLong pid = folder.owner();
    if (pid.isEmpty()) {
      screen.say("no engine is running.");
      return 0;
    }
    ProcessHandle process =
        ProcessHandle.of(pid.getAsLong()).filter(ProcessHandle::destroy).orElse(null);
    if (process == null) {
      throw new CommandFailure(
          "the process %d cannot be stopped by this user".formatted(pid.getAsLong()));
    }
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new CommandFailure(
          "the engine (process %d) was told to stop and has not ended after %d s: %s says more"
              .formatted(process.pid(), PATIENCE.toSeconds(), folder.log()),
          e);
    }
    screen.say("the engine has stopped.");
    return 0;
  }
}
