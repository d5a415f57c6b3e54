package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsIT {

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void namesTheTypeOfEachProblem() throws Exception {
    assertType(api.get("/v1/jobs/17"), 400, "invalid-parameter", "id is '17' and has to be a UUID");
    assertType(api.get("/v1/batch-runs?limit=x"), 400, "invalid-parameter", "a whole number");
    assertType(api.get("/v1/jobs"), 400, "missing-parameter", "say which job");
    assertType(api.get("/v1/nothing"), 404, "not-found", "nothing is here");
    assertType(api.get("/"), 404, "not-found", "nothing is here");
    assertType(api.post("/v1/jobs"), 405, "method-not-allowed", "there is no POST here, but");
    assertType(
        api.send(api.request("/v1/batch-jobs").header("Accept", "text/html")),
        406,
        "not-acceptable",
        "application/json");
    assertType(
        api.send(
            api.request("/v1/batch-runs")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x"))),
        415,
        "unsupported-media-type",
        "application/json");
  }

  @Test
  void saysWhereABodyIsWrong() throws Exception {
    assertType(
        body("{\"job\":\"x\",\"by\":\"me\"}"), 400, "unknown-member", "by means nothing here");
    assertType(body("{\"job\":[]}"), 400, "invalid-body", "job has to be a text");
    assertType(body("[]"), 400, "invalid-body", "it has to be an object");
    assertType(body("{\"job\":\"x\""), 400, "invalid-body", "line 1, column");
    assertType(body("{\"job\":\"x\",\"job\":\"y\"}"), 400, "invalid-body", "line 1, column");
    assertType(body("{} {}"), 400, "invalid-body", "the body is not");
    assertType(body(""), 400, "invalid-body", "the body is not the JSON that is expected here");
    assertThat(body("{\"job\":[]}").body()).contains("\"member\":\"job\"");
  }

  @Test
  void answersAProblemEvenToWhatIsNoRequest() throws Exception {
    String answer = raw("GET /v1/jobs/{id} HTTP/1.1\r\nHost: here\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains(
            "application/problem+json", "urn:millrace:problem:invalid-request", "X-Request-Id")
        .doesNotContain("Tomcat", "<html", "at org.", "Exception");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.uri("").getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private HttpResponse<String> body(String body) throws Exception {
    return api.postJson("/v1/batch-runs", body);
  }

  private static void assertType(
      HttpResponse<String> answer, int status, String type, String says) {
    assertProblem(answer, status, "\"type\":\"urn:millrace:problem:" + type + "\"");
    assertProblem(answer, status, says);
    assertThat(answer.body())
        .contains("\"requestId\":\"" + answer.headers().firstValue("X-Request-Id").orElseThrow())
        .doesNotContain("Exception", "springframework", "jackson", "io.millrace");
  }
}
