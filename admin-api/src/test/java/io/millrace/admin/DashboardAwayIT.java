package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DashboardAwayIT {

  @AutoClose private final DashboardStub dashboard = new DashboardStub();

  @AutoClose
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  @Test
  void saysThatTheProviderOrTheDashboardIsAway() throws Exception {
    try (RunningApi api = api(DashboardStub.PASSWORD)) {
      api.issuer().isAway(true);
      assertProblem(page(api), 503, "OpenID Connect provider does not answer");
      api.issuer().isAway(false);
      assertThat(page(api).statusCode()).isEqualTo(200);
      dashboard.close();

      assertProblem(page(api), 503, "no scheduler's dashboard answers");
    }
  }

  @Test
  void keepsThePasswordOfTheDashboardToItself() throws Exception {
    try (RunningApi api = api("wrong")) {
      HttpResponse<String> page = page(api);

      assertProblem(page, 503, "no scheduler's dashboard answers");
      assertThat(page.headers().firstValue("WWW-Authenticate")).isEmpty();
    }
  }

  private RunningApi api(String password) {
    RunningApi api =
        new RunningApi(
            "--millrace.api.dashboard.url=" + dashboard.url(),
            "--millrace.api.dashboard.password=" + password,
            "--millrace.api.dashboard.client-secret=" + TestLogin.SECRET);
    api.issuer().login().isBy("admin", "*");
    return api;
  }

  private HttpResponse<String> page(RunningApi api) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(api.uri("/dashboard")).header("Accept", "text/html").build(),
        BodyHandlers.ofString());
  }
}
