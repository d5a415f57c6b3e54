package io.millrace.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/** A connection on which anything can be said, be it HTTP or not. */
final class RawHttp implements AutoCloseable {

  private final Socket socket;

  RawHttp(RunningApi api) throws IOException {
    socket = new Socket("127.0.0.1", api.uri("").getPort());
    socket.setSoTimeout(20_000);
  }

  RawHttp say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Whatever is answered until the other side closes the connection. */
  String heard() throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      in.transferTo(heard);
    } catch (SocketException e) {
      // It was closed while something was still on its way: what came before counts.
    }
    return heard.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
