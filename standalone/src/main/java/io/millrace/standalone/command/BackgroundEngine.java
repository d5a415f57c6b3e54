package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.engine.EngineSettings;
import io.millrace.standalone.failure.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts an engine in a process of its own, which outlives this one and its terminal. */
final class BackgroundEngine {

  private static final long LOOK_EVERY_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private BackgroundEngine() {}

  /**
   * Returns when the engine is up.
   *
   * @throws CommandFailure with what the engine says, if it does not start
   */
  static EngineAddress start(EngineSettings settings, Screen screen) {
    DataFolder folder = settings.folder();
    try {
      Files.createDirectories(folder.path());
      Process process = process(settings).start();
      long looks = PATIENCE.toMillis() / LOOK_EVERY_MILLIS;
      for (long look = 0; look < looks; look++) {
        if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new CommandFailure(lastWords(folder));
        }
        Optional<EngineAddress> engine = folder.engine();
        if (engine.isPresent() && EngineApi.health(engine.get()).isOk()) {
          return engine.get();
        }
      }
      process.destroy();
      throw new CommandFailure(
          "the engine is not up after %d s and was told to stop: %s says more"
              .formatted(PATIENCE.toSeconds(), folder.log()));
    } catch (IOException e) {
      throw new CommandFailure("the engine did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; the engine goes on starting", e);
    }
  }

  private static ProcessBuilder process(EngineSettings settings) {
    ProcessBuilder builder = new ProcessBuilder(command(settings));
    builder.environment().putAll(EngineOptions.environment(settings));
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(settings.folder().output().toFile());
  }

  /** The same program on the same JVM, away from the terminal and its signals. */
  private static List<String> command(EngineSettings settings) {
    List<String> command = new ArrayList<>(List.of(detacher()));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String classPath = System.getProperty("java.class.path", "");
    if (classPath.endsWith("-exec.jar")) {
      command.addAll(List.of("-jar", classPath));
    } else {
      command.addAll(List.of("-cp", classPath, "io.millrace.standalone.Main"));
    }
    command.addAll(List.of("up", "--detached", "--data", settings.folder().path().toString()));
    command.addAll(List.of("--port", Integer.toString(settings.port())));
    if (settings.doors().dashboard()) {
      command.add("--dashboard");
    }
    Path plugins = settings.plugins();
    if (plugins != null) {
      command.addAll(List.of("--plugins", plugins.toAbsolutePath().toString()));
    }
    return command;
  }

  /** macOS has no setsid; with nohup a Ctrl-C in the same script still reaches the engine. */
  private static String detacher() {
    return onPath("setsid") ? "setsid" : "nohup";
  }

  private static boolean onPath(String program) {
    @Nullable String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String lastWords(DataFolder folder) throws IOException {
    List<String> said = Files.readAllLines(folder.output());
    return said.reversed().stream()
        .filter(line -> line.startsWith(Failures.PREFIX))
        .map(line -> line.substring(Failures.PREFIX.length()))
        .findFirst()
        .orElse(
            "the engine ended while it was starting: %s and %s say more"
                .formatted(folder.output(), folder.log()));
  }
}
