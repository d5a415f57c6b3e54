package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether the engine runs. */
@Command(
    name = "status",
    description = "Say whether the standalone engine runs, and where to look at it.",
    footer = {"", "Exit code 0 if it is up, 1 if it runs and is not well, 3 if it does not run."})
public final class StatusCommand implements Callable<Integer> {

  private static final int NOT_RUNNING = 3;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Screen screen = Screen.of(spec);
    DataFolder folder = common.folder();
    OptionalLong pid = folder.owner();
    if (pid.isEmpty()) {
      screen.say("no engine is running: ./millrace up%s starts one.".formatted(folder.option()));
      return NOT_RUNNING;
    }
    EngineAddress engine = folder.engine().orElse(null);
    if (engine == null) {
      screen.say("the engine (process %d) is starting or stopping.".formatted(pid.getAsLong()));
      return 1;
    }
    EngineApi.Answer health = EngineApi.health(engine);
    String status = JsonMapper.shared().readTree(health.body()).path("status").asString("UNKNOWN");
    screen.say("Millrace is running (process %d), health %s.".formatted(engine.pid(), status));
    screen.say(EngineLines.of(engine, folder));
    return health.isOk() ? 0 : 1;
  }
}
