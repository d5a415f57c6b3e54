package io.millrace.scheduler.jobrunr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.scheduler.schedule.ScheduledRun;
import io.millrace.testing.TestDatabase;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.flywaydb.core.Flyway;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardIT {

  private static final String PASSWORD = "correct horse ö";
  private static final String TRIGGER = "/api/recurring-jobs/nightly/trigger";

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.fresh();

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @AutoClose
  private final PostgresStorageProvider storage =
      new PostgresStorageProvider(DATABASE.dataSource(), DatabaseOptions.NO_VALIDATE);

  private final JsonMapper json = new Jackson3JsonMapper();
  private final Dashboard dashboard =
      new Dashboard(storage, json, properties(InetAddress.getLoopbackAddress(), 0));

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(DATABASE.dataSource()).load().migrate();
  }

  @BeforeEach
  void start() {
    storage.setJobMapper(new JobMapper(json));
    new JobRequestScheduler(storage)
        .scheduleRecurrently("nightly", "0 2 * * *", ZoneOffset.UTC, new ScheduledRun("nightly"));
    dashboard.start();
  }

  @AfterEach
  void stop() {
    dashboard.stop();
    storage.deleteJobsPermanently(StateName.ENQUEUED, Instant.parse("9999-01-01T00:00:00Z"));
  }

  @Test
  void showsItselfToWhoKnowsThePassword() throws Exception {
    HttpResponse<String> page = get("/dashboard", PASSWORD);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<html");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
    assertThat(get("/api/recurring-jobs?offset=0&limit=20", PASSWORD).body()).contains("nightly");
    assertThat(get("/api/version", PASSWORD).body()).contains("\"allowAnonymousDataUsage\":false");
  }

  @Test
  void showsNothingToAnybodyElse() throws Exception {
    for (String path : new String[] {"/", "/dashboard", "/api/recurring-jobs", "/sse/jobstats"}) {
      assertThat(get(path, "wrong horse").statusCode()).as(path).isEqualTo(401);
      assertThat(
              http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                  .statusCode())
          .as(path + " without a password")
          .isEqualTo(401);
    }
    assertThat(trigger("wrong horse", null)).isEqualTo(401);
    assertThat(storage.countJobs(StateName.ENQUEUED)).isZero();
  }

  @Test
  void obeysItsOwnPagesOnly() throws Exception {
    assertThat(trigger(PASSWORD, "http://evil.example")).isEqualTo(403);
    assertThat(trigger(PASSWORD, "null")).isEqualTo(403);
    assertThat(storage.countJobs(StateName.ENQUEUED)).isZero();

    assertThat(trigger(PASSWORD, "http://127.0.0.1:" + dashboard.address().getPort()))
        .isEqualTo(204);
    assertThat(trigger(PASSWORD, null)).as("no browser").isEqualTo(204);
    assertThat(storage.countJobs(StateName.ENQUEUED)).isEqualTo(2);
  }

  @Test
  void listensOnItsAddressOnly() {
    InetSocketAddress address = dashboard.address();

    assertThat(address.getAddress().isLoopbackAddress()).isTrue();
    Dashboard second =
        new Dashboard(storage, json, properties(address.getAddress(), address.getPort()));
    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("millrace.dashboard.port");
    assertThat(second.isRunning()).isFalse();
  }

  private static DashboardProperties properties(InetAddress address, int port) {
    return new DashboardProperties(true, address, port, "millrace", PASSWORD);
  }

  private HttpResponse<String> get(String path, String password) throws Exception {
    return http.send(request(path, password).GET().build(), BodyHandlers.ofString());
  }

  private int trigger(String password, @Nullable String origin) throws Exception {
    HttpRequest.Builder request = request(TRIGGER, password).POST(BodyPublishers.noBody());
    if (origin != null) {
      request.setHeader("Origin", origin);
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path, String password) {
    String credentials =
        Base64.getEncoder().encodeToString(("millrace:" + password).getBytes(UTF_8));
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + credentials);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(dashboard.address().getPort(), path));
  }
}
