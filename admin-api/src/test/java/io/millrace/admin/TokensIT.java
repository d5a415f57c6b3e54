package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that has not met its issuer yet, for each test. */
class TokensIT {

  private static final String PATH = "/v1/jobs?state=RUNNING";

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void saysThatTheIssuerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    api.issuer().isAway(true);
    HttpResponse<String> away = api.get(PATH);
    HttpResponse<String> health = api.sendAnonymously(request("/actuator/health"));
    api.issuer().isAway(false);
    HttpResponse<String> back = api.get(PATH);
    api.issuer().isAway(true);
    HttpResponse<String> awayAgain = api.get(PATH);

    assertProblem(away, 503, "the issuer of the tokens does not answer");
    assertThat(away.headers().firstValue("Retry-After")).isPresent();
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(awayAgain.statusCode()).as("its keys are known").isEqualTo(200);
  }

  @Test
  void knowsANewKeyWhenItComes() throws Exception {
    String old = api.issuer().admin();
    assertThat(api.get(PATH).statusCode()).isEqualTo(200);

    api.issuer().changeKey();

    assertThat(api.get(PATH).statusCode()).isEqualTo(200);
    assertThat(api.getAs(old, PATH).statusCode()).isEqualTo(401);
  }

  @Test
  void asksTheIssuerFewTimesWhateverKeysAreMadeUp() throws Exception {
    for (int i = 0; i < 20; i++) {
      String stranger = TestIssuer.signed(api.issuer().adminClaims(), TestIssuer.newKey());
      assertThat(api.getAs(stranger, PATH).statusCode()).isEqualTo(401);
    }

    assertThat(api.get(PATH).statusCode()).isEqualTo(200);
    assertThat(api.issuer().asked()).isLessThan(10);
  }

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
    for (String closed :
        List.of(
            "/", "/actuator", "/actuator/env", "/v1", "/error", "/nothing", "/actuator/x/../env")) {
      assertThat(api.sendAnonymously(request(closed)).statusCode()).as(closed).isEqualTo(401);
    }
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
    assertProblem(api.get(path), 400, "signs in it that no request needs");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.uri(path));
  }
}
