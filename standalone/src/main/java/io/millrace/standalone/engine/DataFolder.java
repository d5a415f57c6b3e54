package io.millrace.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a standalone engine: the data of its servers, its log, and where it can be found
 * while it runs. One engine at a time has it; the operating system frees it with the process,
 * however that ends.
 */
public record DataFolder(Path path) {

  public DataFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** Everything the engine logs. */
  public Path log() {
    return path.resolve("engine.log");
  }

  /** What an engine in the background prints: nothing, unless it does not start. */
  public Path output() {
    return path.resolve("engine.out");
  }

  /** The key that tokens of this engine are minted with. */
  public Path issuerKey() {
    return path.resolve("issuer.jwk");
  }

  Path database() {
    return path.resolve("postgres");
  }

  Path broker() {
    return path.resolve("broker");
  }

  private Path lockFile() {
    return path.resolve("engine.lock");
  }

  private Path addressFile() {
    return path.resolve("engine.properties");
  }

  /** Where the engine of this folder is, if one runs and is up. */
  public Optional<EngineAddress> engine() {
    if (owner().isEmpty() || !Files.exists(addressFile())) {
      return Optional.empty();
    }
    try {
      return Optional.of(EngineAddress.read(addressFile()));
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(addressFile(), e.getMessage()), e);
    }
  }

  /** The process that has this folder, whether it is up, starts or stops. */
  public OptionalLong owner() {
    if (!Files.exists(lockFile())) {
      return OptionalLong.empty();
    }
    try (FileChannel channel = openLock();
        FileLock free = tryLock(channel)) {
      return free == null ? OptionalLong.of(readPid(channel)) : OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes this folder, which is created if it is not there.
   *
   * @return gives it back when closed
   * @throws CommandFailure if an engine has it
   */
  AutoCloseable take() {
    try {
      Files.createDirectories(path);
      FileChannel channel = openLock();
      if (tryLock(channel) == null) {
        channel.close();
        throw taken();
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return channel;
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be used: choose another folder with --data. %s".formatted(path, e), e);
    }
  }

  /** Says that an engine has this folder, where it is, and how to stop it. */
  public CommandFailure taken() {
    String where = engine().map(engine -> " at " + engine.api()).orElse("");
    return new CommandFailure(
        "an engine is running already%s (process %d): ./millrace down stops it%s"
            .formatted(where, owner().orElse(0), option()));
  }

  /** What has to be added to a command so that it finds this folder; empty for the usual one. */
  public String option() {
    return path.equals(usual().path()) ? "" : " --data " + path;
  }

  /** The folder that the launcher names, else {@code .millrace} where the command runs. */
  public static DataFolder usual() {
    return new DataFolder(Path.of(System.getProperty("millrace.data", ".millrace")));
  }

  void publish(EngineAddress address) {
    try {
      address.write(addressFile());
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be written: %s".formatted(addressFile(), e.getMessage()), e);
    }
  }

  void unpublish() {
    try {
      Files.deleteIfExists(addressFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a failure to the log, in full. */
  void record(Throwable failure) {
    try (PrintWriter log =
        new PrintWriter(
            Files.newBufferedWriter(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      failure.printStackTrace(log);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes the data of the embedded servers. To be called by whoever has this folder. */
  void deleteData() {
    if (Files.isDirectory(database())) {
      EmbeddedDatabase.in(database()).start().close(); // a server that outlived its engine ends
    }
    delete(database());
    delete(broker());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be deleted: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        lockFile(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // an engine in this very process
    }
  }

  private static long readPid(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String pid = UTF_8.decode(text.flip()).toString().strip();
    return pid.isEmpty() ? 0 : Long.parseLong(pid);
  }
}
