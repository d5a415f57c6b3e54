package io.millrace.chaos.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which attempts of which jobs the handlers of a process began, a line each, in a file that
 * outlives a SIGKILL: a line is written with one call, and the system has it then. Thread-safe.
 */
public final class RunLog {

  /** The system property that names the folder of the files. */
  public static final String FOLDER = "millrace.chaos.runs";

  private static final String SUFFIX = ".runs";

  private final FileChannel file;
  private final InstantSource clock;

  private RunLog(FileChannel file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** One beginning of a handler. */
  public record Run(String messageId, int attempt, Instant at) {}

  static RunLog ofThisProcess() {
    return OfThisProcess.LOG;
  }

  static RunLog open(Path folder, String process, InstantSource clock) {
    try {
      Path file = folder.resolve(process + SUFFIX);
      return new RunLog(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note what runs in " + folder, e);
    }
  }

  void began(String messageId, int attempt) {
    String line =
        "%s %d %d\n"
            .formatted(
                messageId, attempt, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
    try {
      synchronized (file) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note that " + messageId + " runs", e);
    }
  }

  /** What all processes have written to {@code folder}. */
  public static List<Run> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what ran in " + folder, e);
    }
  }

  private static List<Run> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(RunLog::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Run parse(String line) {
    String[] parts = line.split(" ", 3);
    return new Run(
        parts[0],
        Integer.parseInt(parts[1]),
        Instant.EPOCH.plus(Long.parseLong(parts[2]), ChronoUnit.MICROS));
  }

  /** Opened by the first handler that runs. */
  private static final class OfThisProcess {
    static final RunLog LOG =
        open(
            Path.of(System.getProperty(FOLDER, ".")),
            Long.toString(ProcessHandle.current().pid()),
            InstantSource.system());
  }
}
