package io.millrace.handler.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import io.millrace.client.contract.JobId;
import io.millrace.handler.Calculation;
import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.JobContext;
import io.millrace.handler.http.HttpRequest;
import io.millrace.worker.dependency.HttpSettings;
import io.millrace.worker.http.CallRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnerIT {

  /** What to ask, and where. */
  public record Question(String target) {}

  /** What the partner says. */
  public record Reply(String says) {}

  @Handles("test.ask")
  @Calls("partner")
  static final class Ask implements Integration<Question, Reply> {
    @Override
    public Reply call(Question question, CallContext context) throws InterruptedException {
      return context.http().send(HttpRequest.post(question.target()).json(question), Reply.class);
    }
  }

  @Handles("test.tell")
  static final class Tell implements Integration<Question, Reply> {
    @Override
    public String dependency(Question question) {
      return "hosts/" + question.target();
    }

    @Override
    public Reply call(Question question, CallContext context) {
      return new Reply("told");
    }
  }

  @Handles("test.think")
  static final class Think implements Calculation<Question, Reply> {
    @Override
    public Reply calculate(Question question, JobContext context) {
      return new Reply("thought");
    }
  }

  /** What came. */
  private record Asked(String method, String path, Map<String, List<String>> headers) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void callsThePartnerAsAWorkerWould() {
    answer("/v2/questions", 200, "{\"says\": \"yes\", \"more\": 1}");

    Attempt.Succeeded attempt =
        ask("/questions")
            .partner(settings(Map.of("Authorization", "Bearer secret-1"), null, Set.of()))
            .run()
            .expectSuccess();

    assertThat(attempt.resultAs(Reply.class)).isEqualTo(new Reply("yes"));
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().method()).isEqualTo("POST");
    assertThat(header("Authorization")).containsExactly("Bearer secret-1");
    assertThat(header("Idempotency-Key"))
        .containsExactly(JobId.of("default", "message-1").toString());
  }

  @Test
  void showsWhatWasSentWithoutSecrets() {
    answer("/v2/questions", 500, "out of order");

    Attempt.Failed attempt =
        ask("/questions")
            .partner(settings(Map.of("Authorization", "Bearer secret-1"), null, Set.of()))
            .run()
            .expectFailure();

    CallRecord call = attempt.calls().getFirst();
    assertThat(call.status()).isEqualTo(500);
    assertThat(call.requestBody()).isEqualTo("{\"target\":\"/questions\"}");
    assertThat(call.responseBody()).isEqualTo("out of order");
    assertThat(call.requestHeaders()).containsEntry("Authorization", "***");
  }

  @ParameterizedTest
  @CsvSource({"400, true", "404, true", "408, false", "429, false", "500, false", "503, false"})
  void judgesTheAnswerAsAWorkerWould(int status, boolean permanent) {
    answer("/v2/questions", status, "");

    Attempt.Failed attempt = ask("/questions").partner(base()).run().expectFailure();

    assertThat(attempt.permanent()).isEqualTo(permanent);
    assertThat(attempt.message()).contains("answered " + status);
    assertThat(attempt.retryAfter()).isNull();
  }

  @Test
  void knowsHowLongThePartnerAsksToBeLeftAlone() {
    answer("/v2/questions", 429, "", "Retry-After", "7");

    Attempt.Failed attempt = ask("/questions").partner(base()).run().expectFailure();

    assertThat(attempt.permanent()).isFalse();
    assertThat(attempt.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void takesForTransientWhatTheConfigurationWouldName() {
    answer("/v2/questions", 404, "");

    Attempt.Failed attempt =
        ask("/questions").partner(settings(Map.of(), null, Set.of(404))).run().expectFailure();

    assertThat(attempt.permanent()).isFalse();
  }

  @Test
  void doesNotWaitForThePartnerForEver() {
    CountDownLatch end = new CountDownLatch(1);
    server.createContext(
        "/v2/questions",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });

    Attempt.Failed attempt =
        ask("/questions")
            .partner(settings(Map.of(), Duration.ofMillis(100), Set.of()))
            .run()
            .expectFailure();
    end.countDown();

    assertThat(attempt.permanent()).isFalse();
    assertThat(attempt.message()).contains("PT0.1S");
  }

  @Test
  void callsNobodyElseOnThisMachine() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.start();

    Attempt.Failed attempt =
        ask("http://127.0.0.1:" + other.getAddress().getPort() + "/questions")
            .partner(base())
            .run()
            .expectFailure();
    other.stop(0);

    assertThat(attempt.permanent()).isTrue();
    assertThat(attempt.message()).contains("calls to 127.0.0.1 are refused: loopback");
  }

  @Test
  void isTransientWhileThePartnerIsDown() {
    server.stop(0);

    Attempt.Failed attempt = ask("/questions").partner(base()).run().expectFailure();

    assertThat(attempt.permanent()).isFalse();
  }

  @Test
  void givesUpTheCallOfACancelledJob() {
    answer("/v2/questions", 200, "{\"says\": \"yes\"}");

    Attempt.Failed attempt = ask("/questions").partner(base()).cancelled().run().expectFailure();

    assertThat(attempt.kind()).isEqualTo(InterruptedException.class.getName());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void callsAlsoForTestsThatCallTheHandlerThemselves() throws InterruptedException {
    answer("/v2/questions", 200, "{\"says\": \"yes\"}");

    CallContext context = TestJob.of(new Ask()).partner(base()).context();

    assertThat(new Ask().call(new Question("/questions"), context)).isEqualTo(new Reply("yes"));
  }

  @Test
  void failsForGoodWhatNamesNoDependency() {
    Attempt.Failed attempt =
        TestJob.of(new Tell()).payload("{\"target\": \"a b\"}").run().expectFailure();

    assertThat(attempt.permanent()).isTrue();
    assertThat(attempt.message()).contains("'hosts/a b' names no dependency");
  }

  @Test
  void saysThatThePartnerIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ask("/questions").run())
        .withMessageContaining("call partner before run");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> TestJob.of(new Think()).payload("{\"target\": \"self\"}").partner(base()).run())
        .withMessageContaining("calls nobody, since it is no Integration");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ask("/questions").partner(URI.create("/questions")))
        .withMessageContaining("and not /questions");
  }

  private static TestJob ask(String target) {
    return TestJob.of(new Ask()).payload("{\"target\": \"%s\"}".formatted(target));
  }

  private URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/v2");
  }

  private HttpSettings settings(
      Map<String, String> headers, @Nullable Duration timeLimit, Set<Integer> alsoTransient) {
    return new HttpSettings(base(), headers, timeLimit, alsoTransient, Set.of());
  }

  private void answer(String path, int status, String body, String... header) {
    server.createContext(
        path,
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  Map.copyOf(exchange.getRequestHeaders())));
          for (int i = 0; i < header.length; i += 2) {
            exchange.getResponseHeaders().add(header[i], header[i + 1]);
          }
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private List<String> header(String name) {
    return asked.getFirst().headers().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .flatMap(each -> each.getValue().stream())
        .toList();
  }
}
