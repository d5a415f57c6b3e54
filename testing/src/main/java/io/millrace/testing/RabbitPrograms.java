package io.millrace.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine keeps RabbitMQ and Erlang. */
final class RabbitPrograms {

  /**
   * Before the PATH: Debian's {@code /usr/sbin/rabbitmq-server} switches to a user of its own,
   * which cannot read our folders; the script behind it does not.
   */
  private static final List<Path> SERVER_FOLDERS =
      List.of(Path.of("/usr/lib/rabbitmq/bin"), Path.of("/opt/homebrew/opt/rabbitmq/sbin"));

  private static final List<Path> USUAL_FOLDERS =
      List.of(
          Path.of("/usr/local/sbin"),
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/usr/local/bin"),
          Path.of("/opt/homebrew/bin"),
          Path.of("/usr/lib/erlang/bin"));

  private RabbitPrograms() {}

  static Optional<Path> server() {
    return find("rabbitmq-server", Stream.concat(SERVER_FOLDERS.stream(), folders()));
  }

  static Path portMapper() {
    return find("epmd", folders())
        .orElseThrow(() -> new TestServerException("there is no epmd beside rabbitmq-server"));
  }

  private static Stream<Path> folders() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
        Arrays.stream(path.split(File.pathSeparator)).filter(name -> !name.isEmpty()).map(Path::of),
        USUAL_FOLDERS.stream());
  }

  private static Optional<Path> find(String name, Stream<Path> folders) {
    return folders.map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
  }
}
