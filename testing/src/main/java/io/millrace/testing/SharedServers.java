package io.millrace.testing;

import java.io.IOException;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * One server of each kind for a whole build. The first test JVM that needs one starts a small
 * process that runs it, the {@link ServerHost}; the others find its address in a file. The host
 * ends with the build.
 */
final class SharedServers {

  private static final Duration START_LIMIT = Duration.ofMinutes(4); // the first pull of an image

  private static final Map<ServerKind, Properties> KNOWN = new EnumMap<>(ServerKind.class);

  private SharedServers() {}

  /** RabbitMQ, or nothing where none can be had. */
  static Optional<BrokerAddress> broker() {
    return Settings.wantsEmbeddedBroker()
        ? Optional.empty()
        : Settings.broker().or(SharedServers::hostedBroker);
  }

  private static Optional<BrokerAddress> hostedBroker() {
    if (!PrivateRabbit.isAvailable() && !Docker.answers()) {
      return Optional.empty();
    }
    return Optional.of(ServerAddress.broker(hosted(ServerKind.BROKER)));
  }

  static DatabaseAddress database() {
    return Settings.database().orElseGet(() -> ServerAddress.database(hosted(ServerKind.DATABASE)));
  }

  private static synchronized Properties hosted(ServerKind kind) {
    return KNOWN.computeIfAbsent(kind, SharedServers::findOrStart);
  }

  private static Properties findOrStart(ServerKind kind) {
    BuildProcess build = BuildProcess.current();
    Path folder = folder(build);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(kind + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Path file = ServerHost.addressFile(folder, kind);
        Properties found = read(file);
        return ServerHost.isAlive(found) ? found : start(kind, folder, build, file, lock);
      }
    } catch (IOException e) {
      throw new TestServerException("cannot share the test servers in " + folder, e);
    }
  }

  /** In the user's own cache rather than in the folder that all users may write to. */
  private static Path folder(BuildProcess build) {
    return Path.of(System.getProperty("user.home"), ".cache", "millrace", "tests", build.key());
  }

  private static Properties start(
      ServerKind kind, Path folder, BuildProcess build, Path file, FileLock lock)
      throws IOException {
    if (!lock.isValid()) {
      throw new IllegalStateException("two JVMs must not start the same server");
    }
    Path log = folder.resolve(kind + ".log");
    Process host =
        new ProcessBuilder(ServerHost.command(kind, folder, build))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    long pid = host.pid();
    if (!Await.until(() -> ServerHost.isOf(read(file), pid), host, START_LIMIT)) {
      host.destroy();
      throw new TestServerException(
          "the %s of the tests did not start:%n%s".formatted(kind, Files.readString(log)));
    }
    return read(file);
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new TestServerException("cannot read " + file, e);
      }
    }
    return properties;
  }
}
