package io.millrace.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stands between a client and the broker, and can cut the line or hold the answers back. */
final class BrokerProxy implements Closeable {

  private final URI broker;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch answers = new CountDownLatch(0);
  private volatile boolean refusing;

  BrokerProxy(String brokerUri) throws IOException {
    this.broker = URI.create(brokerUri);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The URI of the broker through this proxy. */
  String uri() {
    return broker
        .toString()
        .replace(
            broker.getRawAuthority(),
            (broker.getRawUserInfo() == null ? "" : broker.getRawUserInfo() + "@") + node());
  }

  /** Host and port of the proxy. */
  String node() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Closes every connection as a failing network would. */
  void cut() {
    sockets.forEach(BrokerProxy::close);
    sockets.clear();
    answers.countDown();
  }

  /** From now on there is no way to the broker. */
  void refuse() {
    refusing = true;
    cut();
  }

  void permit() {
    refusing = false;
  }

  /** From now on the broker gets everything and its answers do not arrive, until the next cut. */
  void holdAnswers() {
    answers = new CountDownLatch(1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket upstream =
            new Socket(broker.getHost(), broker.getPort() < 0 ? 5672 : broker.getPort());
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> copy(client, upstream, false));
        Thread.ofVirtual().start(() -> copy(upstream, client, true));
      } catch (IOException _) {
        // the server socket was closed, or the broker is gone: the client sees it
      }
    }
  }

  private void copy(Socket from, Socket to, boolean isAnswers) {
    byte[] buffer = new byte[8_192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isAnswers) {
          answers.await();
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException _) {
      // one side is gone: the other one goes with it
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
