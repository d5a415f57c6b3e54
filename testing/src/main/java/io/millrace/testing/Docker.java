package io.millrace.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Docker engine answers; found out without loading Testcontainers, which takes seconds.
 */
final class Docker {

  private static final String PING = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";

  private Docker() {}

  static boolean answers() {
    if (!Settings.allowsDocker()) {
      return false;
    }
    String host = System.getenv("DOCKER_HOST");
    if (host != null && host.startsWith("tcp://")) {
      URI uri = URI.create(host);
      return pings(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }
    return sockets(host)
        .filter(Files::exists)
        .anyMatch(socket -> pings(UnixDomainSocketAddress.of(socket)));
  }

  private static Stream<Path> sockets(@Nullable String host) {
    if (host != null) {
      return Stream.of(Path.of(host.replaceFirst("^unix://", "")));
    }
    String home = System.getProperty("user.home");
    return Stream.of(
        Path.of("/var/run/docker.sock"),
        Path.of(home, ".docker/run/docker.sock"),
        Path.of(home, ".docker/desktop/docker.sock"));
  }

  private static boolean pings(SocketAddress address) {
    try (SocketChannel channel = open(address)) {
      channel.connect(address);
      channel.write(US_ASCII.encode(PING));
      ByteBuffer answer = ByteBuffer.allocate(64);
      for (int read = 0; read >= 0 && answer.hasRemaining(); ) {
        read = channel.read(answer);
      }
      return US_ASCII.decode(answer.flip()).toString().contains(" 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }
}
