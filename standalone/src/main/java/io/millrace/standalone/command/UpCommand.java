package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.Engine;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.engine.EngineSettings;
import io.millrace.standalone.engine.EngineSettings.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the engine. */
@Command(
    name = "up",
    description = "Start the standalone engine and leave it running.",
    footer = {
      "",
      "Worker, scheduler and API in one process, on an embedded broker and database unless others are named.",
      "Exit code 1 if an engine is running already or does not start."
    })
public final class UpCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EngineOptions options = new EngineOptions();

  @Option(names = "--foreground", description = "Stay, log to the console, stop on Ctrl-C.")
  private boolean foreground;

  @Option(names = "--detached", hidden = true)
  private boolean detached;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = common.folder();
    EngineSettings settings =
        options.settings(folder, detached ? Console.OFF : Console.TRACE, System.getenv());
    Screen screen = Screen.of(spec);
    if (detached || foreground) {
      return stay(settings, screen);
    }
    if (folder.owner().isPresent()) {
      throw folder.taken();
    }
    screen.say("starting the engine...");
    EngineAddress engine = BackgroundEngine.start(settings, screen);
    screen.say("Millrace is running (process %d).".formatted(engine.pid()));
    screen.say(EngineLines.of(engine, folder));
    return 0;
  }

  private Integer stay(EngineSettings settings, Screen screen) throws InterruptedException {
    Engine.Running running = Engine.start(settings, false);
    if (foreground) {
      screen.say("Millrace is running (process %d).".formatted(running.address().pid()));
      screen.say(EngineLines.of(running.address(), settings.folder()));
    }
    running.engine().awaitClosing();
    return 0;
  }
}
