package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A scheduler's dashboard, as far as a proxy sees it. */
final class DashboardStub implements AutoCloseable {

  static final String PASSWORD = "correct horse";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final Semaphore seen = new Semaphore(0);

  DashboardStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/dashboard", exchange -> answer(exchange, 200, "<html>pages</html>"));
    server.createContext("/api", exchange -> answer(exchange, 200, "[]"));
    server.createContext("/sse", this::happen);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was asked for that is no GET. */
  List<String> changes() {
    return List.copyOf(changes);
  }

  /** Names and values of all headers that came. */
  List<String> headers() {
    return List.copyOf(headers);
  }

  void forget() {
    changes.clear();
    headers.clear();
  }

  /** Lets what happens go on. */
  void goOn() {
    seen.release();
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      if (!isWelcome(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.getRequestHeaders().forEach((name, values) -> headers.add(name + ": " + values));
      if (!exchange.getRequestMethod().equals("GET")) {
        changes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
      exchange.getResponseHeaders().set("Set-Cookie", "theirs=1");
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** One event at once, and one when somebody has seen the first. */
  private void happen(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write("data: first\n\n".getBytes(UTF_8));
      body.flush();
      seen.acquire();
      body.write("data: second\n\n".getBytes(UTF_8));
      body.flush();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isWelcome(HttpExchange exchange) {
    return ("Basic " + Base64.getEncoder().encodeToString(("millrace:" + PASSWORD).getBytes(UTF_8)))
        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Override
  public void close() {
    goOn();
    server.stop(0);
    threads.shutdownNow();
  }
}
