package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is open to everybody, and how everything else is shut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpennessIT {

  private static final String PATH = "/v1/jobs?state=RUNNING";

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void takesTokensFromNowhereButTheHeader() throws Exception {
    String token = api.issuer().admin();

    assertThat(api.sendAnonymously(request(PATH + "&access_token=" + token)).statusCode())
        .isEqualTo(401);
    assertThat(
            api.sendAnonymously(request(PATH).header("Cookie", "access_token=" + token))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            api.sendAnonymously(request(PATH).header("Authorization", "Basic " + token))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void opensHealthAndMetersAndNothingElse() throws Exception {
    for (String open :
        List.of("/actuator/health", "/actuator/health/liveness", "/actuator/prometheus")) {
      assertThat(api.sendAnonymously(request(open)).statusCode()).as(open).isEqualTo(200);
    }
    for (String closed : List.of("/", "/actuator", "/actuator/env", "/v1", "/error", "/nothing")) {
      assertThat(api.sendAnonymously(request(closed)).statusCode()).as(closed).isEqualTo(401);
    }
  }

  @Test
  void saysWhoseTokensItTakes() throws Exception {
    HttpResponse<String> metadata =
        api.sendAnonymously(request("/.well-known/oauth-protected-resource"));

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body())
        .contains("\"authorization_servers\":[\"" + api.issuer().uri() + "\"]")
        .contains("\"scopes_supported\":[\"millrace:payloads\"]")
        .contains("\"bearer_methods_supported\":[\"header\"]")
        .doesNotContain("certificate_bound_access_tokens\":true");
  }

  @Test
  void tellsBrowsersToKeepAndRunNothing() throws Exception {
    for (HttpResponse<String> answer :
        List.of(api.get(PATH), api.sendAnonymously(request(PATH)), api.get("/v1/nothing"))) {
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .contains("default-src 'none'; frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/jobs;a=b", "/v1//jobs", "/v1/jobs/%2e%2e/x", "/v1/%00", "/v1%2fjobs"})
  void refusesAddressesThatAreReadInTwoWays(String path) throws Exception {
    assertProblem(api.get(path), 400, "");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.uri(path));
  }
}
