package io.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Somebody else's system, as a process: answers calls after a while, or badly, as it is told by
 * {@code /mood?status=200&millis=50&retryAfter=7}, and says by {@code /times} when each call came
 * (microseconds, a line each) and by {@code /most} how many it has had at a time. Prints its port.
 */
public final class Partner {

  private static final int MOST_CALLS = 5_000_000;

  private final long[] times = new long[MOST_CALLS];
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger calling = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong began = new AtomicLong(System.nanoTime());
  private volatile int status = 200;
  private volatile long millis = 50;
  private volatile int retryAfter;

  private Partner() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Partner partner = new Partner();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/ask", partner::answer);
    server.createContext("/mood", partner::change);
    server.createContext("/times", partner::tellTimes);
    server.createContext("/most", exchange -> send(exchange, 200, partner.most + "\n"));
    server.start();
    System.out.println("partner listens on " + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    times[calls.getAndIncrement() % MOST_CALLS] = (System.nanoTime() - began.get()) / 1_000;
    most.accumulateAndGet(calling.incrementAndGet(), Math::max);
    int how = status;
    try {
      exchange.getRequestBody().readAllBytes();
      Thread.sleep(Duration.ofMillis(millis));
      if (retryAfter > 0) {
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfter));
      }
      send(exchange, how, "{\"answer\":42}");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      calling.decrementAndGet();
    }
  }

  private void change(HttpExchange exchange) throws IOException {
    Map<String, Integer> asked =
        java.util.Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
            .map(pair -> pair.split("="))
            .collect(
                java.util.stream.Collectors.toMap(
                    pair -> pair[0], pair -> Integer.parseInt(pair[1])));
    status = asked.getOrDefault("status", 200);
    millis = asked.getOrDefault("millis", 50);
    retryAfter = asked.getOrDefault("retryAfter", 0);
    most.set(0);
    if (asked.containsKey("forget")) {
      calls.set(0);
      began.set(System.nanoTime());
    }
    send(exchange, 200, "now at " + (System.nanoTime() - began.get()) / 1_000 + "\n");
  }

  private void tellTimes(HttpExchange exchange) throws IOException {
    StringBuilder all = new StringBuilder();
    LongStream.of(times).limit(calls.get()).forEach(time -> all.append(time).append('\n'));
    send(exchange, 200, all.toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
