package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who receives webhooks, and knows nothing of how they are sent. */
final class ReceivingServer implements AutoCloseable {

  /** What came. */
  record Received(String path, String id, String timestamp, List<String> signatures, String body) {

    /** Whether one of the signatures is by this secret, as a receiver finds out. */
    boolean isSignedBy(String secret) {
      try {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
        return signatures.contains("v1," + Base64.getEncoder().encodeToString(expected));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<Integer>> answers = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  ReceivingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String at(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Answers the next webhooks to a path so, one after the other, and all others with 204. */
  void answer(String path, Integer... statuses) {
    answers.put(path, new CopyOnWriteArrayList<>(statuses));
  }

  List<Received> received(String path) {
    return received.stream().filter(each -> each.path().equals(path)).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String signatures = exchange.getRequestHeaders().getFirst("Webhook-Signature");
    received.add(
        new Received(
            path,
            exchange.getRequestHeaders().getFirst("Webhook-Id"),
            exchange.getRequestHeaders().getFirst("Webhook-Timestamp"),
            signatures == null ? List.of() : List.of(signatures.split(" ")),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    List<Integer> next = answers.getOrDefault(path, List.of());
    int status = next.isEmpty() ? 204 : next.removeFirst();
    if (status >= 300 && status <= 399) {
      exchange.getResponseHeaders().add("Location", at("/elsewhere"));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
