package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback address. */
public final class LoopbackPort {

  /** The loopback address that the embedded servers listen on; never a name that may resolve. */
  public static final String ADDRESS = "127.0.0.1";

  private LoopbackPort() {}

  /** A port that nothing listened on a moment ago. */
  public static int free() {
    return bind(0);
  }

  /**
   * {@code port} itself, or a free one if it is 0.
   *
   * @throws EmbeddedServerException if something listens on {@code port}
   */
  static int freeOr(int port) {
    return bind(port);
  }

  private static int bind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "port %d on %s is taken: stop what listens there or choose another port"
              .formatted(port, ADDRESS),
          e);
    }
  }
}
