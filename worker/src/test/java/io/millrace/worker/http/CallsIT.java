package io.millrace.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsIT {

  private final LocalServer server = new LocalServer();
  private final CallsUnderTest calls = new CallsUnderTest();

  @AfterEach
  void close() {
    calls.close();
    server.close();
  }

  record Query(String name, int amount) {}

  record Score(int score) {}

  @Test
  void sendsJsonBelowTheBaseAndReadsJson() throws InterruptedException {
    server.answer(
        "/v1/scores", 200, "{\"score\":7,\"more\":true}", "Content-Type: application/json");
    CallPolicy policy =
        calls
            .policy()
            .withBase(URI.create(server.at("/v1/")))
            .withHeader("Authorization", "Bearer s3cr3t")
            .withIdempotencyKey("job-1");

    Score score =
        calls
            .client(policy)
            .send(HttpRequest.post("/scores?x=1").json(new Query("Ann", 5)), Score.class);

    assertThat(score).isEqualTo(new Score(7));
    LocalServer.Asked asked = server.asked.getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/v1/scores?x=1");
    assertThat(asked.body()).isEqualTo("{\"name\":\"Ann\",\"amount\":5}");
    assertThat(asked.header("Host")).containsExactly("api.test:" + server.port());
    assertThat(asked.header("User-Agent")).containsExactly("Millrace/development");
    assertThat(asked.header("Content-Type")).containsExactly("application/json");
    assertThat(asked.header("Accept")).containsExactly("application/json");
    assertThat(asked.header("Authorization")).containsExactly("Bearer s3cr3t");
    assertThat(asked.header("Idempotency-Key")).containsExactly("job-1");
    assertThat(asked.header("Cookie")).isEmpty();
  }

  @Test
  void sendsAKeyOnlyWithWhatIsNotSafeAndLeavesTheAuthorsOwn() throws InterruptedException {
    server.answer("/", 204, "");
    CallPolicy policy = calls.policy().withIdempotencyKey("job-1");

    calls.call(HttpRequest.get(server.at("/")), policy);
    calls.call(HttpRequest.delete(server.at("/")), policy);
    calls.call(HttpRequest.put(server.at("/")).header("idempotency-key", "own"), policy);

    assertThat(server.asked)
        .extracting(asked -> asked.header("Idempotency-Key"))
        .containsExactly(List.of(), List.of("job-1"), List.of("own"));
    assertThat(server.asked).extracting(LocalServer.Asked::body).containsOnly("");
  }

  @Test
  void keepsItsCredentialsFromOtherSystems() throws InterruptedException {
    server.answer("/", 200, "");
    CallPolicy policy =
        calls.policy().withBase(URI.create("http://api.test:1/")).withHeader("X-Api-Key", "s3cr3t");

    calls.call(HttpRequest.get(server.at("/")), policy);

    assertThat(server.asked.getFirst().header("X-Api-Key")).isEmpty();
  }

  @Test
  void keepsNoCookies() throws InterruptedException {
    server.answer("/", 200, "", "Set-Cookie: a=b");

    calls.call(HttpRequest.get(server.at("/")), calls.policy());
    calls.call(HttpRequest.get(server.at("/")), calls.policy());

    assertThat(server.asked.getLast().header("Cookie")).isEmpty();
  }

  @Test
  void answersNoChallenge() {
    server.answer("/", 401, "", "WWW-Authenticate: Basic realm=\"x\"");

    assertThatThrownBy(() -> calls.call(HttpRequest.get(server.at("/")), calls.policy()))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("401");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void failsForNowAndSaysWhenToComeBack() {
    server.answer("/", 429, "{\"why\":\"too many\"}", "Retry-After: 7");

    TransientCallFailure failure =
        catchThrowableOfType(
            TransientCallFailure.class,
            () -> calls.call(HttpRequest.get(server.at("/?id=7")), calls.policy()));

    assertThat(failure)
        .hasMessage("GET " + server.at("/?id=***") + ": answered 429, which may pass");
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure.rest()).contains(Duration.ofSeconds(7));
    assertThat(failure.status()).hasValue(429);
    assertThat(failure.call().responseBody()).isEqualTo("{\"why\":\"too many\"}");
  }

  @Test
  void failsForGoodAndHeedsWhatIsKnownOfTheSystem() throws InterruptedException {
    server.answer("/", 409, "");
    HttpRequest request = HttpRequest.get(server.at("/"));

    PermanentCallFailure failure =
        catchThrowableOfType(PermanentCallFailure.class, () -> calls.call(request, calls.policy()));

    assertThat(failure.status()).hasValue(409);
    assertThat(failure.rest()).isEmpty();
    assertThatThrownBy(
            () ->
                calls.call(
                    request, calls.policy().withStatuses(new StatusRules(Set.of(409), Set.of()))))
        .isInstanceOf(TransientCallFailure.class);
    assertThat(calls.call(request.accepting(200, 409), calls.policy()).response().status())
        .isEqualTo(409);
  }

  @Test
  void tellsOfARestAfterASuccess() throws InterruptedException {
    server.answer("/", 200, "", "RateLimit: \"default\";r=0;t=30");

    assertThat(calls.call(HttpRequest.get(server.at("/")), calls.policy()).rest())
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void writesDownWhatWasSentAndWhatCameWithoutSecrets() throws InterruptedException {
    server.answer("/", 200, "{\"access_token\":\"s3cr3t\",\"n\":1}", "Set-Cookie: a=s3cr3t");

    calls.call(
        HttpRequest.post(server.at("/?sig=s3cr3t"))
            .header("X-Api-Key", "s3cr3t")
            .json(Map.of("password", "s3cr3t")),
        calls.policy().withIdempotencyKey("job-1"));

    CallRecord call = calls.records.getFirst();
    assertThat(call.toString()).doesNotContain("s3cr3t");
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uris()).containsExactly(server.at("/?sig=***"));
    assertThat(call.requestHeaders())
        .containsEntry("X-Api-Key", "***")
        .containsEntry("Idempotency-Key", "job-1");
    assertThat(call.requestBody()).isEqualTo("{\"password\":\"***\"}");
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.responseHeaders()).containsEntry("Set-Cookie", "***");
    assertThat(call.responseBody()).isEqualTo("{\"access_token\":\"***\",\"n\":1}");
    assertThat(call.error()).isNull();
    assertThat(call.duration()).isPositive();
  }

  @Test
  void sendsBytesAsTheyAre() throws InterruptedException {
    server.on(
        "/",
        exchange -> LocalServer.answer(exchange, 200, "gr\u00fcn", "Content-Type: text/plain"));

    HttpResponse response =
        calls
            .call(
                HttpRequest.put(server.at("/")).bytes("a;b".getBytes(UTF_8), "text/csv"),
                calls.policy())
            .response();

    assertThat(response.text()).isEqualTo("gr\u00fcn");
    assertThat(server.asked.getFirst().body()).isEqualTo("a;b");
    assertThat(server.asked.getFirst().header("Content-Type")).containsExactly("text/csv");
  }

  @Test
  void saysWhereAnAnswerIsNotWhatWasExpectedAndNothingOfIt() {
    server.answer("/", 200, "{\"score\":\"personal\"}");
    server.answer("/null", 200, "null");

    assertThatThrownBy(
            () -> calls.client(calls.policy()).send(HttpRequest.get(server.at("/")), Score.class))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no Score in JSON, at $.score, line 1")
        .hasMessageNotContaining("personal");
    assertThatThrownBy(
            () ->
                calls.client(calls.policy()).send(HttpRequest.get(server.at("/null")), Score.class))
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void refusesABodyThatCannotBeWritten() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    assertThatThrownBy(
            () -> calls.call(HttpRequest.post(server.at("/")).json(endless), calls.policy()))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("JSON");
    assertThat(calls.records).hasSize(1);
  }
}
