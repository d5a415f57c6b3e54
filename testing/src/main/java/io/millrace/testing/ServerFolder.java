package io.millrace.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary folder of a private server. A small shell process watches over it: when this JVM
 * ends without closing its servers, even by SIGKILL, their processes are killed, what is mounted
 * over the folder is taken away, and the folder is removed. A Ctrl-C, which a terminal sends to all
 * processes alike, ends the JVM and not the watch.
 */
final class ServerFolder implements AutoCloseable {

  private static final String PIDS = "pids";

  private static final String WATCH =
      """
      trap '' INT
      while kill -0 "$1" 2>/dev/null; do sleep 1; done
      [ -f "$2/pids" ] && kill -9 $(cat "$2/pids") 2>/dev/null
      umount -l "$2" 2>/dev/null
      rm -rf "$2"
      """;

  private final Path path;
  private final Process watch;

  private ServerFolder(Path path, Process watch) {
    this.path = path;
    this.watch = watch;
  }

  static ServerFolder create(String name) {
    try {
      Path path = Files.createTempDirectory("millrace-" + name + "-");
      return new ServerFolder(path, watch(path));
    } catch (IOException e) {
      throw new TestServerException("cannot make a temporary folder", e);
    }
  }

  private static Process watch(Path path) throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    return new ProcessBuilder("sh", "-c", WATCH, "watch", self, path.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start();
  }

  Path path() {
    return path;
  }

  /** Names the processes that must not outlive this JVM. */
  void owns(Stream<ProcessHandle> processes) {
    String pids = processes.map(process -> Long.toString(process.pid())).collect(joining(" "));
    try {
      Files.writeString(path.resolve(PIDS), pids);
    } catch (IOException e) {
      throw new TestServerException("cannot write " + path.resolve(PIDS), e);
    }
  }

  /** Removes the folder; the processes have ended by now. */
  @Override
  public void close() {
    new ProcessTree(watch.toHandle()).kill();
    delete(path);
  }

  static void delete(Path folder) {
    try {
      for (Path file : filesOf(folder)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      Console.warn("cannot remove %s: %s".formatted(folder, e));
    }
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
