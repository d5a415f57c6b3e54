package io.millrace.worker.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to its connections what no proper server would. */
final class RawServer implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** What becomes of a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Conduct {

    /**
     * @param number the first connection is 1
     */
    void serve(int number, Peer peer) throws Exception;
  }

  /** The other end. */
  record Peer(BufferedReader in, OutputStream out) {

    /** Reads a request without a body. False if the other end has closed. */
    boolean hears() throws IOException {
      String line = in.readLine();
      boolean heard = line != null;
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      return heard;
    }

    void says(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  RawServer(Conduct conduct) {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(conduct));
  }

  int connections() {
    return connections.get();
  }

  String at(String path) {
    return "http://api.test:" + listening.getLocalPort() + path;
  }

  private void accept(Conduct conduct) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number, conduct));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private static void serve(Socket socket, int number, Conduct conduct) {
    try (socket) {
      conduct.serve(
          number,
          new Peer(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)),
              socket.getOutputStream()));
    } catch (Exception _) {
      // The client has gone, which is what some tests are about.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
