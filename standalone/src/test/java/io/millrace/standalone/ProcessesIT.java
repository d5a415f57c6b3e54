package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.client.JobPublisher;
import io.millrace.embedded.LoopbackPort;
import io.millrace.testing.Await;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker, scheduler and API as they are delivered, each with the libraries in its own jar: the
 * other tests have those of all modules together.
 */
class ProcessesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path plugins;
  @TempDir Path keys;

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private final int apiPort = LoopbackPort.free();

  @Test
  void runAJobAndABatchOfAPlugin() throws Exception {
    Files.createSymbolicLink(
        plugins.resolve("lending"), Path.of("../examples/lending/target/plugin").toRealPath());
    try (PrivateProcess worker = started("worker", 0);
        PrivateProcess scheduler = started("scheduler", 0);
        PrivateProcess api = started("admin-api", apiPort)) {
      worker.awaitLine(" consuming ", PATIENCE);
      scheduler.awaitLine("Started SchedulerApplication", PATIENCE);
      api.awaitLine("Started AdminApiApplication", PATIENCE);

      try (JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
        publisher
            .job("cashflow.xirr")
            .messageId("flows-1")
            .payload(
                """
                {"flows":[{"date":"2025-01-01","amount":-100},{"date":"2026-01-01","amount":110}]}"""
                    .getBytes(UTF_8))
            .publish()
            .join();
      }
      String job =
          awaitAnswer(
              get("/v1/jobs?tenant=default&messageId=flows-1"),
              body -> body.contains("\"finishedAt\""));
      String run =
          awaitAnswer(
              post(
                  """
                  {"job":"loan-book-load","parameters":{"loans":"100","date":"2026-01-01"}}"""),
              body -> body.contains("\"requestedBy\""));
      String id = run.replaceFirst("^\\{\"id\":\"([^\"]+)\".*", "$1");
      String ended = awaitAnswer(get("/v1/batch-runs/" + id), body -> body.contains("\"endedAt\""));

      assertThat(job).contains("\"state\":\"SUCCEEDED\"", "\"rate\":0.1");
      assertThat(ended).contains("\"state\":\"COMPLETED\"");
    }
  }

  private PrivateProcess started(String module, int port) throws IOException {
    return PrivateProcess.running(jar(module))
        .arguments(
            "--server.port=" + port,
            "--millrace.plugins=" + plugins,
            "--millrace.security.local-issuer=" + issuer(),
            "--millrace.broker.uri=" + broker.amqpUri(),
            "--millrace.database.url=" + database.jdbcUrl(),
            "--millrace.database.user=" + database.user(),
            "--millrace.database.password=" + database.password())
        .start();
  }

  private static Path jar(String module) throws IOException {
    Path target = Path.of("..", module, "target");
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(target, "millrace-%s-*-exec.jar".formatted(module))) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IllegalStateException(module + " is not packaged: run the phase package before");
  }

  private Path issuer() {
    return keys.resolve("issuer.json");
  }

  private HttpRequest get(String path) {
    return request(path).build();
  }

  private HttpRequest post(String body) {
    return request("/v1/batch-runs")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    Grant everything =
        new Grant(
            "test",
            List.of(Role.OPERATOR),
            List.of(Grant.EVERYTHING),
            List.of(Grant.EVERYTHING),
            true);
    String token = LocalIssuer.at(issuer()).mint(everything, Instant.now(), Duration.ofMinutes(15));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(apiPort, path)))
        .header("Authorization", "Bearer " + token);
  }

  /** Asks until the answer is the one that is waited for. */
  private String awaitAnswer(HttpRequest request, Predicate<String> awaited) {
    StringBuilder last = new StringBuilder();
    boolean came =
        Await.until(
            () -> {
              last.replace(0, last.length(), answer(request));
              return awaited.test(last.toString());
            },
            PATIENCE);
    assertThat(came).as("after %s the answer was %s", PATIENCE, last).isTrue();
    return last.toString();
  }

  private String answer(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the API was asked", e);
    }
  }
}
