package io.millrace.testing;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;

/**
 * The process that runs one shared server. It watches the build, and when that ends, however it
 * does, it stops the server and removes all that was left in files.
 */
final class ServerHost {

  private static final String PID = "host";

  private ServerHost() {}

  static List<String> command(ServerKind kind, Path folder, BuildProcess build) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ServerHost.class.getName(),
        kind.name(),
        folder.toString(),
        Long.toString(build.handle().pid()),
        build.key());
  }

  static Path addressFile(Path folder, ServerKind kind) {
    return folder.resolve(kind + ".properties");
  }

  static boolean isAlive(Properties address) {
    String pid = address.getProperty(PID);
    return pid != null
        && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  static boolean isOf(Properties address, long pid) {
    return Long.toString(pid).equals(address.getProperty(PID));
  }

  public static void main(String[] arguments) throws IOException {
    ServerKind kind = ServerKind.valueOf(arguments[0]);
    Path folder = Path.of(arguments[1]);
    long pid = Long.parseLong(arguments[2]);
    String key = arguments[3];

    RunningServer server = kind.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server.stop()));
    publish(server.address(), addressFile(folder, kind));

    ProcessHandle.of(pid)
        .filter(process -> new BuildProcess(process).key().equals(key))
        .ifPresent(process -> process.onExit().join());
    ServerFolder.delete(folder);
  }

  /** Written aside and renamed, so that nobody reads half of it. */
  private static void publish(ServerAddress address, Path file) throws IOException {
    Properties properties = address.toProperties();
    properties.setProperty(PID, Long.toString(ProcessHandle.current().pid()));
    Path unfinished = Files.createTempFile(file.getParent(), "address", ".unfinished");
    try (Writer writer = Files.newBufferedWriter(unfinished)) {
      properties.store(writer, null);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
