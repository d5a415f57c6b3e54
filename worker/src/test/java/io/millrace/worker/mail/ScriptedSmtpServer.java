package io.millrace.worker.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A mail server that is friendly but for what a test says, and remembers what it was told. */
final class ScriptedSmtpServer implements AutoCloseable {

  /** In place of an answer: the connection is closed. */
  static final String HANG_UP = "";

  /** In place of an answer: none. */
  static final String SILENCE = "silence";

  final CountDownLatch silent = new CountDownLatch(1);

  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ServerSocket socket;

  ScriptedSmtpServer() {
    try {
      socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Answers a line that begins so; {@code greeting} and {@code .} are lines, too. */
  ScriptedSmtpServer answering(String line, String answer) {
    answers.put(line, answer);
    return this;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException _) {
        // closed by the test, or by the client
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
    boolean data = false;
    for (String line = "greeting"; line != null; line = in.readLine()) {
      heard.add(line);
      if (data && !line.equals(".")) {
        continue;
      }
      String answer = answer(line);
      if (answer.equals(HANG_UP)) {
        return;
      }
      if (answer.equals(SILENCE)) {
        silent.countDown();
        continue;
      }
      out.print(answer + "\r\n");
      out.flush();
      data = line.equals("DATA") && answer.startsWith("354");
    }
  }

  private String answer(String line) {
    for (Map.Entry<String, String> each : answers.entrySet()) {
      if (line.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    return switch (line.split(" ", 2)[0]) {
      case "greeting" -> "220 mail.test ESMTP";
      case "EHLO" -> "250-mail.test\r\n250 AUTH PLAIN";
      case "AUTH" -> "235 2.7.0 welcome";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 2.0.0 ok";
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
