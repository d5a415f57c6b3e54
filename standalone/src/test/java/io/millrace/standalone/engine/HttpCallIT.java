package io.millrace.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** Jobs of type {@code http.call}, against a partner on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpCallIT {

  /** What came. */
  private record Asked(String path, Map<String, List<String>> headers, String body) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private HttpServer partner;
  private HttpServer inside;
  private EngineUnderTest engine;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    partner = server();
    inside = server();
    engine =
        new EngineUnderTest(
            PartnerHandlers.class,
            "--millrace.retry.first-delay=50ms",
            "--millrace.http.allow=127.0.0.1:" + port(partner),
            "--millrace.dependencies.crm.http.base-url=http://127.0.0.1:" + port(partner) + "/crm",
            "--millrace.dependencies.crm.http.headers.Authorization=Bearer secret-1",
            "--millrace.dependencies.crm.open-to-messages=true",
            "--millrace.dependencies.bureau.http.base-url=http://127.0.0.1:" + port(partner),
            "--millrace.dependencies.bureau.http.headers.Authorization=Bearer secret-2");
  }

  @AfterAll
  void stop() {
    engine.close();
    partner.stop(0);
    inside.stop(0);
  }

  @Test
  void sendsWhatThePayloadSaysAndKeepsTheAnswer() throws Exception {
    publish(
        "exact",
        """
        {"method": "POST", "url": "%s/echo?b=2&a=1", "headers": {"X-Trace": "t-1"},
         "json": {"z": 0.10, "a": [12345678901234567890.00], "\u00e4": null},
         "keep": {"headers": ["X-Answer"]}}
        """
            .formatted(at(partner)));

    EngineUnderTest.await(() -> engine.state("exact") == JobState.SUCCEEDED);

    Asked call = call("/echo?b=2&a=1");
    assertThat(call.body())
        .isEqualTo("{\"z\":0.10,\"a\":[12345678901234567890.00],\"\u00e4\":null}");
    assertThat(call.headers()).containsEntry("X-trace", List.of("t-1"));
    assertThat(call.headers())
        .containsEntry("Idempotency-key", List.of(JobId.of("default", "exact").toString()));
    assertThat(result("exact"))
        .isEqualTo(
            Map.of(
                "status",
                200,
                "headers",
                Map.of("X-Answer", List.of("yes")),
                "body",
                "it was " + call.body().getBytes(UTF_8).length + " bytes",
                "truncated",
                false));
  }

  @Test
  void callsADependencyWithCredentialsThatNoPayloadHas() throws Exception {
    publish("known", "{\"method\": \"GET\", \"dependency\": \"crm\", \"path\": \"/people/7\"}");

    EngineUnderTest.await(() -> engine.state("known") == JobState.SUCCEEDED);

    assertThat(call("/crm/people/7").headers())
        .containsEntry("Authorization", List.of("Bearer secret-1"));
  }

  @Test
  void lendsNobodyTheCredentialsOfWhatIsNotOpen() throws Exception {
    publish("closed", "{\"method\": \"GET\", \"dependency\": \"bureau\", \"path\": \"/closed\"}");
    publish(
        "elsewhere", "{\"method\": \"GET\", \"dependency\": \"crm\", \"path\": \"/../closed\"}");

    EngineUnderTest.await(() -> engine.state("closed") == JobState.FAILED);
    EngineUnderTest.await(() -> engine.state("elsewhere") == JobState.FAILED);

    assertThat(failure("closed")).contains("messages may not call the dependency 'bureau'");
    assertThat(failure("elsewhere")).contains("a segment . or ..");
    assertThat(asked).noneMatch(call -> call.path().contains("closed"));
  }

  @Test
  void doesNotCallWhatIsInside() throws Exception {
    publish("inside", "{\"method\": \"GET\", \"url\": \"%s/secrets\"}".formatted(at(inside)));
    publish(
        "metadata", "{\"method\": \"GET\", \"url\": \"http://169.254.169.254/latest/meta-data\"}");

    EngineUnderTest.await(() -> engine.state("inside") == JobState.FAILED);
    EngineUnderTest.await(() -> engine.state("metadata") == JobState.FAILED);

    assertThat(failure("inside")).contains("calls to 127.0.0.1 are refused: loopback");
    assertThat(failure("metadata")).contains("a metadata service of a cloud");
    assertThat(asked).noneMatch(call -> call.path().equals("/secrets"));
  }

  @Test
  void triesAgainAfterTheTimeThatTheHostAsksFor() throws Exception {
    busy.set(1);
    publish("busy", "{\"method\": \"GET\", \"url\": \"%s/busy\"}".formatted(at(partner)));

    EngineUnderTest.await(() -> engine.state("busy") == JobState.SUCCEEDED);

    assertThat(asked.stream().filter(call -> call.path().equals("/busy"))).hasSize(2);
    assertThat(
            engine
                .jdbc()
                .sql("SELECT count(*) FROM dependency WHERE key = :key AND rest_until IS NOT NULL")
                .param("key", "http/127.0.0.1:" + port(partner))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void keepsWhatWasSentByAFailedAttemptWithoutSecrets() throws Exception {
    publish(
        "wrong",
        """
        {"method": "POST", "url": "%s/wrong?api_key=secret-3", "headers": {"Authorization": "secret-4"},
         "json": {"password": "secret-5", "name": "visible"}}
        """
            .formatted(at(partner)));

    EngineUnderTest.await(() -> engine.state("wrong") == JobState.FAILED);

    String kept =
        engine
            .jdbc()
            .sql("SELECT call::text FROM job_attempt WHERE job_id = :id")
            .param("id", JobId.of("default", "wrong").value())
            .query(String.class)
            .single();
    assertThat(kept).contains("visible", "\"status\":422").doesNotContain("secret");
    assertThat(failure("wrong")).contains("answered 422").doesNotContain("secret");
  }

  private void publish(String messageId, String payload) {
    engine
        .publisher()
        .job("http.call")
        .messageId(messageId)
        .payload(payload.getBytes(UTF_8))
        .publish();
  }

  private Asked call(String path) {
    List<Asked> calls = asked.stream().filter(call -> call.path().equals(path)).toList();
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  private Object result(String messageId) {
    byte[] result =
        engine
            .jdbc()
            .sql("SELECT result FROM job WHERE id = :id")
            .param("id", JobId.of("default", messageId).value())
            .query(byte[].class)
            .single();
    return JsonMapper.shared().readValue(result, Object.class);
  }

  private String failure(String messageId) {
    return String.valueOf(engine.job(messageId).ending().failure());
  }

  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(
              new Asked(path, Map.copyOf(exchange.getRequestHeaders()), new String(body, UTF_8)));
          boolean isBusy = path.equals("/busy") && busy.getAndDecrement() > 0;
          exchange.getResponseHeaders().add("X-Answer", "yes");
          if (isBusy) {
            exchange.getResponseHeaders().add("Retry-After", "1");
          }
          byte[] answer = "it was %d bytes".formatted(body.length).getBytes(UTF_8);
          int status = path.startsWith("/wrong") ? 422 : isBusy ? 503 : 200;
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static String at(HttpServer server) {
    return "http://127.0.0.1:" + port(server);
  }
}
