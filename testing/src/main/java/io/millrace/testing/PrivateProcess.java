package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java program in a process of its own, to be killed and stopped at will. Its output goes to a
 * file.
 */
public final class PrivateProcess implements AutoCloseable {

  private final ServerFolder folder;
  private final Process process;
  private final Path output;

  private PrivateProcess(ServerFolder folder, Process process, Path output) {
    this.folder = folder;
    this.process = process;
    this.output = output;
  }

  /**
   * A process that will run the {@code main} method of {@code program}, on the class path of the
   * test.
   */
  public static Builder running(Class<?> program) {
    return new Builder(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
  }

  /** A process that will run an executable jar, with the libraries that are in it and no others. */
  public static Builder running(Path jar) {
    return new Builder(List.of("-jar", jar.toString()));
  }

  /**
   * Waits for a line of output that contains {@code part}, and returns the first one.
   *
   * @throws TestServerException with the output, if the process ends or {@code limit} passes first
   */
  public String awaitLine(String part, Duration limit) {
    if (!Await.until(() -> firstLine(part).isPresent(), process, limit)) {
      throw new TestServerException(
          "no line with '%s' within %s; the process %s and said:%n%s"
              .formatted(
                  part, limit, isAlive() ? "lives" : "has ended", String.join("\n", lines())));
    }
    return firstLine(part).orElseThrow();
  }

  /** All lines of its output so far, those of standard error among them. */
  public List<String> lines() {
    try {
      return new String(Files.readAllBytes(output), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new TestServerException("cannot read " + output, e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() {
    tree().kill();
    process.onExit().join();
  }

  /** SIGTERM: asks the process to end, and returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** SIGSTOP: the process does nothing any more, and its connections stay open. */
  public void pause() {
    tree().pause();
  }

  /** SIGCONT: ends a pause. */
  public void resume() {
    tree().resume();
  }

  /**
   * Waits until the process has ended, and returns its exit status.
   *
   * @throws TestServerException if it lives after {@code limit}
   */
  public int awaitExit(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new TestServerException("process %d lives after %s".formatted(pid(), limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestServerException("interrupted while a process ended", e);
    }
  }

  /** Kills the process and removes its output. */
  @Override
  public void close() {
    kill();
    folder.close();
  }

  private ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  private Optional<String> firstLine(String part) {
    return lines().stream().filter(line -> line.contains(part)).findFirst();
  }

  /** What is run and how. */
  public static final class Builder {

    private final List<String> program;
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Builder(List<String> program) {
      this.program = program;
    }

    /** Options of the JVM, such as {@code -Xmx256m} or {@code -Dname=value}. */
    public Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** Arguments of the main method. */
    public Builder arguments(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    /** A variable beside those that this process has. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Starts the process. */
    public PrivateProcess start() {
      ServerFolder folder = ServerFolder.create("process");
      Path output = folder.path().resolve("output.log");
      ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      try {
        Process process = builder.redirectOutput(output.toFile()).start();
        folder.owns(Stream.of(process.toHandle()));
        return new PrivateProcess(folder, process, output);
      } catch (IOException e) {
        folder.close();
        throw new TestServerException("cannot start " + program.getLast(), e);
      }
    }

    private List<String> command() {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.addAll(program);
      command.addAll(arguments);
      return command;
    }
  }
}
