package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine in the background for all tests. */
class UpIT {

  private static final Pattern JOB = Pattern.compile("job ([0-9a-f-]{36})");

  @TempDir static Path folder;

  @BeforeAll
  static void up() {
    CommandRun up = run("up", "--port", "0", "--dashboard");

    assertThat(up.err()).isEmpty();
    assertThat(up.exitCode()).isZero();
    assertThat(up.out()).contains("http://127.0.0.1:", "amqp://", "jdbc:postgresql:", "engine.log");
    assertThat(up.out()).contains("./millrace down --data " + folder);
  }

  @AfterAll
  static void down() {
    CommandRun down = run("down");
    CommandRun status = run("status");

    assertThat(down.exitCode()).isZero();
    assertThat(down.out()).contains("the engine has stopped");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(folder.resolve("engine.properties")).doesNotExist();
  }

  @Test
  void aSecondStartSaysInOneLineThatItRuns() {
    for (String[] start : new String[][] {{"up"}, {"demo"}, {"up", "--foreground"}}) {
      CommandRun second = run(start);

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .contains("running already at http://127.0.0.1:", "./millrace down");
    }
  }

  @Test
  void itsAddressesAreForItsOwnerAlone() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("engine.properties")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void itsKeyIsForItsOwnerAlone() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("issuer.jwk"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aTokenAllowsWhatItWasMintedFor() throws Exception {
    CommandRun viewer = run("token", "--role", "viewer", "--tenant", "default", "--valid", "5m");
    CommandRun stranger = run("token", "--role", "admin", "--tenant", "stranger");
    publishFlows("for-tokens", "--wait");

    assertThat(viewer.err()).isEmpty();
    assertThat(viewer.exitCode()).isZero();
    assertThat(viewer.out().lines()).hasSize(1);
    String job = "/v1/jobs?tenant=default&messageId=for-tokens";
    assertThat(asked(viewer.out(), job).statusCode()).isEqualTo(200);
    assertThat(asked(viewer.out(), job).body()).contains("SUCCEEDED").doesNotContain("-1000");
    assertThat(asked(viewer.out(), "/v1/batch-runs").statusCode()).isEqualTo(403);
    assertThat(asked(stranger.out(), job).statusCode()).isEqualTo(404);
    assertThat(asked("none", job).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatCannotBeMintedIsOneLine() {
    assertThat(run("token").exitCode()).isEqualTo(2);
    for (String[] wrong :
        new String[][] {
          {"token", "--role", "viewer", "--valid", "31d"},
          {"token", "--role", "viewer", "--valid", "long"},
          {"token", "--role", "viewer", "--types", "loan*"},
          {"token", "--role", "viewer", "--key", "/none/issuer.jwk"}
        }) {
      CommandRun token = run(wrong);

      assertThat(token.exitCode()).isEqualTo(1);
      assertThat(token.err().lines()).hasSize(1);
      assertThat(token.out()).isEmpty();
    }
  }

  @Test
  void theDashboardIsReachedByALinkThatIsGoodOnce() throws Exception {
    CommandRun link = run("dashboard", "--role", "viewer");
    assertThat(link.err()).isEmpty();
    URI login = URI.create(link.out().strip());

    try (HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build()) {
      HttpResponse<String> page = send(browser, login);
      HttpResponse<String> api =
          send(browser, login.resolve("/api/recurring-jobs?offset=0&limit=20"));
      HttpResponse<String> again = send(browser, login);

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<title>JobRunr</title>");
      assertThat(api.statusCode()).isEqualTo(200);
      assertThat(again.statusCode()).isEqualTo(401);
      assertThat(page.uri()).hasPath("/dashboard").hasNoQuery();
      HttpRequest change =
          HttpRequest.newBuilder(login.resolve("/api/recurring-jobs/x/trigger"))
              .header("Sec-Fetch-Site", "same-origin")
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(browser.send(change, HttpResponse.BodyHandlers.ofString()).statusCode())
          .as("a viewer")
          .isEqualTo(403);
      HttpResponse<InputStream> events =
          browser.send(
              HttpRequest.newBuilder(login.resolve("/sse/jobstats")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.lines().filter(line -> !line.isBlank()).findFirst())
            .hasValueSatisfying(first -> assertThat(first).contains("data:"));
      }
    }
  }

  private static HttpResponse<String> send(HttpClient browser, URI address) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(address).header("Accept", "text/html,*/*").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whoeverHasNoTokenIsToldWhereToHaveOneFrom(@TempDir Path elsewhere) throws Exception {
    CommandRun jobs =
        CommandRun.of("jobs", "--api", api().toString(), "--data", elsewhere.toString());

    assertThat(jobs.exitCode()).isEqualTo(1);
    assertThat(jobs.err().lines())
        .singleElement()
        .asString()
        .contains("MILLRACE_TOKEN", "./millrace token");
  }

  @Test
  void statusSaysThatItIsWell() {
    CommandRun status = run("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("health UP");
  }

  @Test
  void aPublishedJobCanBeLookedAt() throws Exception {
    CommandRun published = publishFlows("portfolio-7");
    Matcher job = JOB.matcher(published.out());

    assertThat(published.err()).isEmpty();
    assertThat(published.exitCode()).isZero();
    assertThat(job.find()).isTrue();
    assertThat(awaitShown(job.group(1), "SUCCEEDED").out())
        .contains("cashflow.xirr", "portfolio-7", "SUCCEEDED", "\"rate\"");
  }

  @Test
  void aPublisherCanWaitForTheEnd() throws Exception {
    CommandRun succeeds = publishFlows("waited-for", "--wait");
    CommandRun expires = publishFlows("too-late", "--deadline", "2026-01-01T00:00:00Z", "--wait");

    assertThat(succeeds.exitCode()).isZero();
    assertThat(succeeds.out()).contains("SUCCEEDED", "\"rate\"");
    assertThat(expires.exitCode()).isEqualTo(1);
    assertThat(expires.out()).contains("EXPIRED");
  }

  @Test
  void aJobThatWaitsIsListedAndCanBeCancelled() throws Exception {
    String inAnHour = Instant.now().plus(Duration.ofHours(1)).toString();
    Matcher job = JOB.matcher(publishFlows("later", "--not-before", inAnHour).out());
    assertThat(job.find()).isTrue();
    String id = job.group(1);
    awaitShown(id, "WAITING for SCHEDULED");

    CommandRun listed = run("jobs", "--type", "cashflow.xirr", "--tenant", "default");
    CommandRun cancelled = run("cancel", id);
    CommandRun again = run("cancel", id);
    CommandRun left = run("jobs", "--state", "WAITING", "--type", "cashflow.xirr");

    assertThat(listed.out().lines())
        .element(1)
        .asString()
        .startsWith(id)
        .contains("WAITING for SCHEDULED")
        .containsPattern("in 5[0-9] min")
        .endsWith("later");
    assertThat(List.of(cancelled, again))
        .allSatisfy(run -> assertThat(run.err()).isEmpty())
        .allSatisfy(run -> assertThat(run.exitCode()).isZero())
        .allSatisfy(run -> assertThat(run.out()).contains("job " + id + " is CANCELLED"));
    assertThat(left.out()).contains("no such job is WAITING");
    assertThat(run("job", id).out()).contains("CANCELLED, attempt 1");
  }

  @Test
  void aJobThatHasEndedIsNotCancelled() throws Exception {
    Matcher job = JOB.matcher(publishFlows("ended").out());
    assertThat(job.find()).isTrue();
    awaitShown(job.group(1), "SUCCEEDED");

    CommandRun cancel = run("cancel", job.group(1));

    assertThat(cancel.exitCode()).isEqualTo(1);
    assertThat(cancel.err().lines())
        .singleElement()
        .asString()
        .contains("has already ended as SUCCEEDED", "nothing to cancel");
  }

  @Test
  void aListThatMakesNoSenseIsOneLine() {
    CommandRun jobs = run("jobs", "--type", "No Type");

    assertThat(jobs.exitCode()).isEqualTo(1);
    assertThat(jobs.err().lines()).singleElement().asString().contains("'No Type' is no job type");
  }

  @Test
  void aTypeThatNobodyHasIsRefused() throws Exception {
    Path payload = Files.writeString(folder.resolve("payload.json"), "{}");

    CommandRun published = run("publish", "no.such.type", payload.toString());

    assertThat(published.exitCode()).isEqualTo(1);
    assertThat(published.err().lines())
        .singleElement()
        .asString()
        .contains("no worker has the type no.such.type");
  }

  @Test
  void anUnknownJobIsOneLine() {
    for (String command : List.of("job", "cancel")) {
      CommandRun job = run(command, "6b1c25a6-0a3f-8000-8000-000000000000");

      assertThat(job.exitCode()).isEqualTo(1);
      assertThat(job.err().lines()).singleElement().asString().contains("there is no job 6b1c25a6");
    }
  }

  private static HttpResponse<String> asked(String token, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(api().resolve(path))
              .header("Authorization", "Bearer " + token.strip())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI api() throws IOException {
    Properties address = new Properties();
    try (Reader file = Files.newBufferedReader(folder.resolve("engine.properties"))) {
      address.load(file);
    }
    return URI.create(address.getProperty("api", ""));
  }

  private static CommandRun publishFlows(String messageId, String... options) throws IOException {
    Path flows =
        Files.writeString(
            folder.resolve("flows.json"),
            """
            {"flows": [{"date": "2025-01-01", "amount": "-1000"},
                       {"date": "2026-01-01", "amount": "1100"}]}
            """);
    List<String> command =
        new ArrayList<>(List.of("publish", "cashflow.xirr", flows.toString(), "--id", messageId));
    command.addAll(List.of(options));
    return run(command.toArray(String[]::new));
  }

  /** The job may take a moment to be claimed and to end. */
  private static CommandRun awaitShown(String id, String expected) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    CommandRun job = run("job", id);
    while (!job.out().contains(expected) && System.nanoTime() < deadline) {
      job = run("job", id);
    }
    assertThat(job.out()).contains(expected);
    return job;
  }

  private static CommandRun run(String... command) {
    String[] args = Arrays.copyOf(command, command.length + 2);
    args[command.length] = "--data";
    args[command.length + 1] = folder.toString();
    return CommandRun.of(args);
  }
}
