package io.millrace.worker.http;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.handler.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are slow, endless, or dead. */
class CallLimitsIT {

  private static final int MAX_RESPONSE = 64 * 1_024;

  private final CallsUnderTest calls = new CallsUnderTest();
  private final CountDownLatch done = new CountDownLatch(1);

  @AfterEach
  void close() {
    done.countDown();
    calls.close();
  }

  @Test
  void givesUpAServerThatDoesNotAnswer() throws IOException {
    try (RawServer server = new RawServer((_, _) -> done.await())) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      HttpRequest.get(server.at("/")).within(Duration.ofMillis(200)),
                      calls.policy()))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("no whole answer in time (PT0.2S)");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void givesUpAServerThatDripsByteByByte() throws IOException {
    RawServer.Conduct drip =
        (_, peer) -> {
          peer.hears();
          peer.says("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
          while (!done.await(5, MILLISECONDS)) {
            peer.says("x");
          }
        };
    try (RawServer server = new RawServer(drip)) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      HttpRequest.get(server.at("/")), calls.within(Duration.ofMillis(300), 0)))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("no whole answer in time");
    }
  }

  @Test
  void givesUpAHostThatDoesNotEvenConnect() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try (CallsUnderTest hasty =
            new CallsUnderTest(new SslContextFactory.Client(), Duration.ofMillis(300));
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, crowd);

      assertThatThrownBy(
              () ->
                  hasty.call(
                      HttpRequest.get("http://api.test:" + full.getLocalPort() + "/"),
                      hasty.policy()))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("no connection in time");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  /** A server that accepts nobody lets nobody in once its backlog is full. */
  private static void fill(ServerSocket server, List<Socket> crowd) throws IOException {
    while (true) {
      Socket socket = new Socket();
      crowd.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 300);
      } catch (SocketTimeoutException _) {
        return;
      }
    }
  }

  @Test
  void keepsTheFirstPartOfAnEndlessAnswerAndHangsUp() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    RawServer.Conduct endless =
        (_, peer) -> {
          peer.hears();
          peer.says("HTTP/1.1 200 OK\r\n\r\n");
          try {
            while (true) {
              peer.says("x".repeat(10_000));
            }
          } catch (IOException _) {
            hungUp.countDown();
          }
        };
    try (RawServer server = new RawServer(endless)) {
      Answer answer = calls.call(HttpRequest.get(server.at("/")), calls.policy());

      assertThat(answer.response().truncated()).isTrue();
      assertThat(answer.response().body()).hasSize(MAX_RESPONSE).containsOnly('x');
      assertThat(hungUp.await(30, SECONDS)).isTrue();
    }
  }

  @Test
  void takesAnAnswerOfJustTheSizeThatIsAllowed() throws InterruptedException {
    try (LocalServer server = new LocalServer().answer("/", 200, "x".repeat(MAX_RESPONSE))) {
      Answer answer = calls.call(HttpRequest.get(server.at("/")), calls.policy());

      assertThat(answer.response().truncated()).isFalse();
      assertThat(answer.response().body()).hasSize(MAX_RESPONSE);
    }
  }

  @Test
  void decompressesAnAnswer() throws InterruptedException {
    try (LocalServer server = serverOf(gzip(3, 1_000))) {
      Answer answer = calls.call(HttpRequest.get(server.at("/")), calls.policy());

      assertThat(answer.response().truncated()).isFalse();
      assertThat(answer.response().body()).hasSize(3_000);
      assertThat(server.asked.getFirst().header("Accept-Encoding")).containsExactly("gzip");
    }
  }

  @Test
  void unpacksNoMoreOfABombThanIsAllowed() throws InterruptedException {
    try (LocalServer server = serverOf(gzip(100, 1_000_000))) {
      Answer answer = calls.call(HttpRequest.get(server.at("/")), calls.policy());

      assertThat(answer.response().truncated()).isTrue();
      assertThat(answer.response().body()).hasSize(MAX_RESPONSE);
      assertThatThrownBy(() -> Calls.read(answer.response(), List.class))
          .hasMessageContaining("cut after 65536 bytes");
    }
  }

  private static LocalServer serverOf(byte[] compressed) {
    return new LocalServer()
        .on(
            "/",
            exchange -> {
              exchange.getResponseHeaders().add("Content-Encoding", "gzip");
              exchange.sendResponseHeaders(200, compressed.length);
              exchange.getResponseBody().write(compressed);
              exchange.close();
            });
  }

  private static byte[] gzip(int times, int zeros) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      for (int i = 0; i < times; i++) {
        out.write(new byte[zeros]);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return compressed.toByteArray();
  }

  @Test
  void takesAnotherConnectionWhereTheOneFromThePoolIsDead() throws Exception {
    RawServer.Conduct diesAfterOneAnswer =
        (_, peer) -> {
          peer.hears();
          peer.says(RawServer.OK);
          peer.hears(); // and is gone
        };
    try (RawServer server = new RawServer(diesAfterOneAnswer)) {
      HttpRequest request = HttpRequest.get(server.at("/"));
      calls.call(request, calls.policy());

      Answer answer = calls.call(request, calls.policy());

      assertThat(answer.response().text()).isEqualTo("ok");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, , 2", "POST, , 1", "POST, job-1, 2"})
  void triesOnceMoreWhatIsSafeToRepeat(String method, String key, int connections)
      throws IOException {
    try (RawServer server = new RawServer((_, peer) -> peer.hears())) {
      CallPolicy policy = key == null ? calls.policy() : calls.policy().withIdempotencyKey(key);

      assertThatThrownBy(() -> calls.call(HttpRequest.of(method, server.at("/")), policy))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("the connection was lost");

      assertThat(server.connections()).isEqualTo(connections);
    }
  }

  @Test
  void doesNotRepeatWhereTheAnswerHadBegun() throws IOException {
    RawServer.Conduct dies =
        (_, peer) -> {
          peer.hears();
          peer.says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        };
    try (RawServer server = new RawServer(dies)) {
      assertThatThrownBy(() -> calls.call(HttpRequest.get(server.at("/")), calls.policy()))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("amid the answer");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void saysThatNobodyListensOrNobodyIsThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThatThrownBy(
            () -> calls.call(HttpRequest.get("http://api.test:" + port + "/"), calls.policy()))
        .isInstanceOf(TransientCallFailure.class)
        .hasMessageContaining("no connection");
    assertThatThrownBy(() -> calls.call(HttpRequest.get("http://nobody.test/"), calls.policy()))
        .isInstanceOf(TransientCallFailure.class)
        .hasMessageContaining("unknown to the name service");
  }

  @Test
  void saysThatTheAnswerIsNotHttp() throws IOException {
    RawServer.Conduct nonsense =
        (_, peer) -> {
          peer.hears();
          peer.says("220 smtp.example ESMTP\r\n\r\n");
        };
    try (RawServer server = new RawServer(nonsense)) {
      assertThatThrownBy(() -> calls.call(HttpRequest.get(server.at("/")), calls.policy()))
          .isInstanceOf(TransientCallFailure.class);
    }
  }

  @Test
  void heedsAnInterruptionAndHangsUp() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch hungUp = new CountDownLatch(1);
    RawServer.Conduct silent =
        (_, peer) -> {
          peer.hears();
          arrived.countDown();
          peer.hears();
          hungUp.countDown();
        };
    try (RawServer server = new RawServer(silent)) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      calls.call(HttpRequest.get(server.at("/")), calls.policy());
                      thrown.complete(new AssertionError("answered"));
                    } catch (Exception e) {
                      thrown.complete(e);
                    }
                  });
      assertThat(arrived.await(30, SECONDS)).isTrue();

      caller.interrupt();

      assertThat(thrown.get(30, SECONDS)).isInstanceOf(InterruptedException.class);
      assertThat(hungUp.await(30, SECONDS)).isTrue();
      assertThat(requireNonNull(calls.records.getFirst().error())).contains("interrupted");
    }
  }
}
