package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The dashboard behind the login of an OpenID Connect provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardIT {

  private static final String TRIGGER = "/api/recurring-jobs/nightly/trigger";
  private static final String PAGE = "/dashboard/recurring-jobs?page=0";

  @AutoClose private final DashboardStub dashboard = new DashboardStub();

  @AutoClose
  private final RunningApi api =
      new RunningApi(
          "--millrace.api.dashboard.url=" + dashboard.url(),
          "--millrace.api.dashboard.password=" + DashboardStub.PASSWORD,
          "--millrace.api.dashboard.client-secret=" + TestLogin.SECRET);

  private final CookieManager cookies = new CookieManager();

  @AutoClose
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  @BeforeEach
  void isOperatorAndNotLoggedIn() {
    cookies.getCookieStore().removeAll();
    dashboard.forget();
    api.issuer().login().isBy("operator", "*");
    api.issuer().login().forgetsNonce(false);
  }

  @Test
  void showsItsPagesAfterALogin() throws Exception {
    HttpResponse<String> home = page("/dashboard");
    HttpResponse<String> page = page(PAGE);

    assertThat(home.statusCode()).as(home.body()).isEqualTo(200);
    assertThat(home.uri()).hasPath("/dashboard");
    assertThat(page.body()).isEqualTo("<html>pages</html>");
    assertThat(page.headers().firstValue("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(dashboard.headers()).noneMatch(header -> header.startsWith("Cookie"));
  }

  @Test
  void sendsPagesToTheLoginAndRefusesTheRest() throws Exception {
    HttpRequest.Builder page = request(PAGE).header("Accept", "text/html");

    HttpResponse<String> sent = api.sendAnonymously(page);

    assertThat(sent.statusCode()).isEqualTo(302);
    assertThat(sent.headers().firstValue("Location").orElseThrow())
        .endsWith("/oauth2/authorization/millrace");
    for (String path : List.of("/api/recurring-jobs", "/sse/jobstats", "/login/x", "/oauth2/x")) {
      assertProblem(api.sendAnonymously(request(path)), 401, "not logged in");
    }
    assertThat(api.getAs(api.issuer().admin(), "/api/jobs").statusCode())
        .as("a token of the API is no login")
        .isEqualTo(401);
  }

  @Test
  void keepsItsCookieFromScriptsAndFromPagesOfOthers() throws Exception {
    HttpResponse<String> login = api.sendAnonymously(request("/oauth2/authorization/millrace"));

    assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("MILLRACE_SESSION=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/");
    page("/dashboard");
    assertThat(browser.send(request("/v1/jobs").build(), BodyHandlers.ofString()).statusCode())
        .as("a login is no token of the API")
        .isEqualTo(401);
  }

  @Test
  void givesASessionANewIdWhenItBegins() throws Exception {
    HttpResponse<String> before =
        browser.send(request("/oauth2/authorization/millrace").build(), BodyHandlers.ofString());
    assertThat(before.statusCode()).isEqualTo(200);
    List<String> first = sessionIds();
    browser.send(request("/oauth2/authorization/millrace").build(), BodyHandlers.ofString());

    assertThat(sessionIds()).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void letsOperatorsChangeWhatViewersOnlySee() throws Exception {
    api.issuer().login().isBy("viewer", "*");
    page("/dashboard");
    assertThat(page("/api/recurring-jobs").statusCode()).isEqualTo(200);
    assertProblem(change("POST", TRIGGER, "same-origin"), 403, "this is for operator or admin");
    assertProblem(change("DELETE", "/api/jobs/1", "same-origin"), 403, "this is for operator");
    assertThat(dashboard.changes()).isEmpty();

    api.issuer().login().isBy("operator", "*");
    cookies.getCookieStore().removeAll();
    page("/dashboard");
    assertThat(change("POST", TRIGGER, "same-origin").statusCode()).isEqualTo(204);
    assertThat(change("DELETE", "/api/jobs/1", "same-origin").statusCode()).isEqualTo(204);
    assertThat(dashboard.changes()).containsExactly("POST " + TRIGGER, "DELETE /api/jobs/1");
    assertThat(api.get("/v1/audit?action=dashboard.post").body())
        .contains("\"resource\":\"dashboard" + TRIGGER + "\"", "\"actor\":\"somebody\"");
    assertProblem(change("PATCH", "/api/jobs/1", "same-origin"), 405, "");
  }

  @Test
  void isNotForAuditorsNorForSingleTenants() throws Exception {
    for (String[] who :
        new String[][] {{"auditor", "*"}, {"operator", "acme"}, {"admin"}, {"stranger", "*"}}) {
      cookies.getCookieStore().removeAll();
      api.issuer().login().isBy(who[0], who.length == 1 ? new String[0] : new String[] {who[1]});

      assertProblem(page("/dashboard"), 403, "this is");
    }
  }

  @Test
  void obeysNobodysPagesButItsOwn() throws Exception {
    page("/dashboard");

    for (String site : List.of("cross-site", "same-site", "none", "")) {
      assertProblem(change("POST", TRIGGER, site), 403, "only pages of the dashboard itself");
    }
    assertThat(origin("https://evil.example").statusCode()).isEqualTo(403);
    assertThat(origin("null").statusCode()).isEqualTo(403);
    assertThat(dashboard.changes()).isEmpty();
    assertThat(origin(api.uri("").toString()).statusCode()).isEqualTo(204);
  }

  @Test
  void showsWhatHappensWhileItHappens() throws Exception {
    page("/dashboard");

    HttpResponse<InputStream> events =
        browser.send(request("/sse/jobstats").build(), BodyHandlers.ofInputStream());

    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("data: first");
      dashboard.goOn();
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("data: second");
    }
  }

  @Test
  void endsASessionOnRequest() throws Exception {
    page("/dashboard");

    assertThat(change("POST", "/logout", "cross-site").statusCode()).isEqualTo(403);
    assertThat(page("/api/jobs").statusCode()).isEqualTo(200);
    change("POST", "/logout", "same-origin");

    assertThat(browser.send(request("/api/jobs").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void refusesAnswersOfTheProviderThatNobodyAskedFor() throws Exception {
    assertProblem(page("/login/oauth2/code/millrace?code=x&state=y"), 401, "the login has failed");
    api.issuer().login().forgetsNonce(true);
    assertProblem(page("/dashboard"), 401, "the login has failed");
  }

  private HttpResponse<String> page(String path) throws Exception {
    return browser.send(
        request(path).header("Accept", "text/html,*/*").build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> change(String method, String path, String site) throws Exception {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
    if (!site.isEmpty()) {
      request.header("Sec-Fetch-Site", site);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> origin(String origin) throws Exception {
    return browser.send(
        request(TRIGGER).header("Origin", origin).POST(BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.uri(path));
  }

  private List<String> sessionIds() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("MILLRACE_SESSION"))
        .map(cookie -> cookie.getValue())
        .toList();
  }
}
