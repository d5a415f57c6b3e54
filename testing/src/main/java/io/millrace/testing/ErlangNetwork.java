package io.millrace.testing;

import io.millrace.embedded.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Erlang nodes need to find and to trust each other, and nobody else of the machine: a port
 * mapper of their own, and a cookie. Not thread-safe.
 */
final class ErlangNetwork implements AutoCloseable {

  private static final int COOKIE_BYTES = 16;

  private final ServerFolder folder = ServerFolder.create("erlang");
  private final int port = LoopbackPort.free();
  private final String cookie;
  private @Nullable Process mapper;

  ErlangNetwork() {
    byte[] random = new byte[COOKIE_BYTES];
    new SecureRandom().nextBytes(random);
    this.cookie = HexFormat.of().formatHex(random);
  }

  /** Writes the cookie to the home of a node, where Erlang wants nobody else to read it. */
  void admit(Path home) throws IOException {
    Path file = home.resolve(".erlang.cookie");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, cookie);
  }

  /** Tells a node's process where the port mapper is. */
  void enter(Map<String, String> environment) {
    environment.put("ERL_EPMD_PORT", Integer.toString(port));
    environment.put("ERL_EPMD_ADDRESS", LoopbackPort.ADDRESS);
  }

  /** Starts the port mapper, in the foreground, so that its end is ours to decide. */
  void start() throws IOException {
    if (mapper != null && mapper.isAlive()) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            RabbitPrograms.portMapper().toString(),
            "-port",
            Integer.toString(port),
            "-address",
            LoopbackPort.ADDRESS);
    Process started =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.path().resolve("epmd.log").toFile())
            .start();
    mapper = started;
    folder.owns(Stream.of(started.toHandle()));
  }

  @Override
  public void close() {
    if (mapper != null) {
      new ProcessTree(mapper.toHandle()).kill();
    }
    folder.close();
  }
}
