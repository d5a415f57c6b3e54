package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobStore;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksIT {

  private static final String CANCEL = "/v1/jobs/%s/cancel";

  @AutoClose
  private final RunningApi api =
      new RunningApi(
          "--millrace.api.read-timeout=500ms",
          "--millrace.api.body.time-limit=1s",
          "--millrace.api.body.max-size=64KB");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR '1'='1",
        "'; DROP TABLE job; --",
        "\" OR 1=1 --",
        "${7*7}",
        "\u0000",
        "%",
        "_",
        "\\",
        "acme\r\nX-Injected: 1"
      })
  void takesWhatIsInjectedForAName(String attack) throws Exception {
    Job job = waiting("not-for-" + attack.hashCode());
    String name = URLEncoder.encode(attack, StandardCharsets.UTF_8);

    for (String path :
        List.of(
            "/v1/jobs?tenant=" + name + "&messageId=x",
            "/v1/jobs?tenant=acme&messageId=" + name,
            "/v1/jobs?state=WAITING&tenant=" + name,
            "/v1/jobs?state=WAITING&type=" + name,
            "/v1/jobs?state=" + name,
            "/v1/jobs?state=WAITING&after=" + name,
            "/v1/batch-runs?job=" + name,
            "/v1/audit?actor=" + name,
            "/v1/audit?action=" + name,
            "/v1/audit?resource=" + name,
            "/v1/audit?after=" + name)) {
      HttpResponse<String> answer = api.get(path);

      assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(200, 400, 404);
      assertThat(answer.body()).as(path).doesNotContain(job.id().toString());
      assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
    }
    assertThat(stateOf(job)).isEqualTo(JobState.WAITING);
  }

  @Test
  void assignsNothingThatIsNotAskedFor() throws Exception {
    assertProblem(
        api.postJson("/v1/batch-runs", "{\"job\":\"x\",\"requestedBy\":\"root\"}"),
        400,
        "requestedBy means nothing here");
    assertProblem(
        api.postJson("/v1/batch-runs", "{\"job\":\"x\",\"__proto__\":{}}"), 400, "__proto__ means");
    assertProblem(api.get("/v1/batch-runs?limit=1&owner=me"), 400, "owner means nothing here");
    assertProblem(api.get("/v1/batch-runs?class.module.classLoader=x"), 400, "unknown-parameter");
  }

  @Test
  void refusesAParameterThatComesTwice() throws Exception {
    assertProblem(api.get("/v1/batch-runs?limit=1&limit=500"), 400, "limit is given 2 times");
    assertProblem(
        api.get("/v1/jobs?tenant=acme&tenant=zebra&messageId=x"), 400, "tenant is given 2 times");
  }

  @Test
  void readsNoMoreThanItTakes() throws Exception {
    String large = "{\"job\":\"" + "x".repeat(70_000) + "\"}";

    assertProblem(api.postJson("/v1/batch-runs", large), 413, "larger than 65536 bytes");
    assertProblem(
        api.send(
            api.request("/v1/batch-runs")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))),
        413,
        "larger than 65536 bytes");
    assertProblem(
        api.postJson("/v1/batch-runs", "{\"a\":".repeat(200) + "1" + "}".repeat(200)),
        400,
        "nested too deeply");
    assertProblem(
        api.postJson(
            "/v1/batch-runs", "{\"parameters\":" + "[".repeat(200) + "]".repeat(200) + "}"),
        400,
        "the body is not");
  }

  @Test
  void waitsForNoSlowBody() throws Exception {
    try (RawHttp http = new RawHttp(api)) {
      http.say(head("POST /v1/batch-runs", "Content-Type: application/json\r\nContent-Length: 99"))
          .say("{");

      assertThat(http.heard()).startsWith("HTTP/1.1 408").contains("too-slow");
    }
  }

  @Test
  void waitsForNoSlowHeaders() throws Exception {
    try (RawHttp http = new RawHttp(api)) {
      http.say("GET /v1/jobs HTTP/1.1\r\nHost: here\r\nX-Slow");

      assertThat(http.heard()).doesNotContain("HTTP/1.1 200").doesNotContain("HTTP/1.1 5");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding : chunked",
        "Bad Header: 1",
        "X-Fold: a\r\n b"
      })
  void refusesFramingThatCanBeReadInTwoWays(String headers) throws Exception {
    try (RawHttp http = new RawHttp(api)) {
      http.say(head("POST /v1/batch-runs", "Content-Type: application/json\r\n" + headers))
          .say("0\r\n\r\nGET /v1/audit HTTP/1.1\r\nHost: here\r\n\r\n");

      String heard = http.heard();
      assertThat(heard).containsPattern("^HTTP/1.1 (400|501)").contains("problem+json");
      assertThat(heard.split("HTTP/1.1 (?=[0-9])", -1)).as("one answer").hasSize(2);
    }
  }

  @Test
  void answersNoSecondRequestInABodyWithTwoLengths() throws Exception {
    try (RawHttp http = new RawHttp(api)) {
      http.say(
              head(
                  "POST /v1/batch-runs",
                  "Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked"))
          .say("0\r\n\r\nGET /v1/audit HTTP/1.1\r\nHost: here\r\n\r\n");

      String heard = http.heard();
      assertThat(heard).startsWith("HTTP/1.1 400").contains("problem+json");
      assertThat(heard.split("HTTP/1.1 (?=[0-9])", -1)).as("one answer").hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/jobs/..%2f..%2factuator%2fenv",
        "/v1/jobs/../../actuator/env",
        "/v1/jobs/..;/..;/actuator/env",
        "/v1/jobs;x=y?state=WAITING",
        "/v1//jobs",
        "/v1/jobs/%00",
        "/v1/jobs/%2e%2e/audit",
        "/v1/jobs%5c..%5caudit",
        "//v1/jobs",
        "/v1/jobs/%",
        "/V1/jobs?state=WAITING",
        "/docs/..%2f..%2fapplication.yml",
        "/docs/../io/millrace/admin/AdminApiApplication.class"
      })
  void findsNothingByOtherSpellings(String path) throws Exception {
    try (RawHttp http = new RawHttp(api)) {
      http.say(head("GET " + path, "Connection: close"));

      assertThat(http.heard())
          .containsPattern("^HTTP/1.1 (400|401|403|404)")
          .contains("problem+json")
          .doesNotContain("Tomcat", "Exception");
    }
  }

  @Test
  void takesNoOtherMethodThanTheOneThatIsSent() throws Exception {
    Job job = waiting("method");
    String path = CANCEL.formatted(job.id());

    for (String header : List.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method")) {
      HttpResponse<String> answer = api.send(api.request(path).header(header, "POST"));
      assertProblem(answer, 405, "there is no GET here");
    }
    assertProblem(api.get(path + "?_method=POST"), 405, "there is no GET here");
    for (String method : List.of("TRACE", "FOO")) {
      HttpResponse<String> answer =
          api.send(api.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(method).isIn(400, 405);
      assertProblem(answer, answer.statusCode(), "urn:millrace:problem:");
    }
    assertThat(stateOf(job)).isEqualTo(JobState.WAITING);
  }

  @Test
  void takesNoFormForJson() throws Exception {
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/json",
            "x")) {
      assertProblem(
          api.send(
              api.request("/v1/batch-runs")
                  .header("Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofString("job=x"))),
          415,
          "unsupported-media-type");
    }
  }

  @Test
  void echoesNoHeaderThatIsNotSane() throws Exception {
    HttpResponse<String> answer =
        api.send(api.request("/v1/batch-jobs").header("X-Request-Id", "<script>alert(1)</script>"));

    assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).doesNotContain("script");
  }

  private JobState stateOf(Job job) {
    return api.bean(JobStore.class).find(job.id()).orElseThrow().standing().state();
  }

  private Job waiting(String messageId) {
    return api.record(
        messageId,
        new Standing(JobState.WAITING, WaitReason.SCHEDULED, AT.plusSeconds(60), 1, null),
        Job.Ending.NONE);
  }

  private String head(String request, String headers) {
    return "%s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
        .formatted(request, api.issuer().admin(), headers);
  }
}
