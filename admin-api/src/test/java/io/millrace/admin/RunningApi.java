package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API as its own process, on a database of its own. */
final class RunningApi implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final TestDatabase database = TestDatabase.fresh();
  private final TestIssuer issuer = new TestIssuer();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  /**
   * @param settings beside those that lead to the database, as {@code --key=value}
   */
  RunningApi(String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--millrace.security.issuer=" + issuer.uri(),
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password()));
    arguments.addAll(List.of(settings));
    addUnlessSet(arguments, "--millrace.api.rate-limit.failures=", "0");
    addUnlessSet(arguments, "--millrace.api.events.lifetime=", "1s");
    context =
        new SpringApplicationBuilder(AdminApiApplication.class)
            .run(arguments.toArray(String[]::new));
  }

  private static void addUnlessSet(List<String> arguments, String key, String value) {
    if (arguments.stream().noneMatch(argument -> argument.startsWith(key))) {
      arguments.add(key + value);
    }
  }

  /** Whose tokens it accepts. */
  TestIssuer issuer() {
    return issuer;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T> T setting(String key, Class<T> type) {
    return Objects.requireNonNull(context.getEnvironment().getProperty(key, type));
  }

  /** What knows the handler methods. */
  Collection<RequestMappingHandlerMapping> handlers() {
    return context.getBeansOfType(RequestMappingHandlerMapping.class).values();
  }

  /** Every handler method there is, such as {@code GET /v1/jobs [state && !messageId]}. */
  List<String> mappings() {
    return handlers().stream()
        .flatMap(handlers -> handlers.getHandlerMethods().keySet().stream())
        .flatMap(RunningApi::mappings)
        .toList();
  }

  private static Stream<String> mappings(RequestMappingInfo info) {
    String conditions =
        Stream.of(info.getParamsCondition(), info.getProducesCondition())
            .map(Object::toString)
            .filter(condition -> !condition.equals("[]"))
            .map(condition -> " " + condition)
            .collect(Collectors.joining());
    String methods =
        info.getMethodsCondition().isEmpty()
            ? "*"
            : info.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(","));
    return info.getPatternValues().stream().map(path -> methods + " " + path + conditions);
  }

  URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:%s%s".formatted(setting("local.server.port", String.class), path));
  }

  /** Asked by an admin, as everything here is that names no token. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> getAs(String token, String path) throws IOException, InterruptedException {
    return sendAs(token, HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> postJson(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return sendAs(issuer.admin(), request);
  }

  HttpResponse<String> sendAs(String token, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return sendAnonymously(request.setHeader("Authorization", "Bearer " + token));
  }

  HttpResponse<String> sendAnonymously(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Records a job of the tenant {@code acme} that has been accepted at {@link #AT}. */
  Job record(String messageId, Standing standing, Job.Ending ending) {
    JobType type = new JobType("test.job");
    byte[] payload = "{\"a\":1}".getBytes(UTF_8);
    Job job =
        new Job(
            JobId.of("acme", messageId),
            new Job.Order(
                "acme", type, messageId, JobOptions.NONE, payload, Fingerprint.of(type, payload)),
            standing,
            new Job.Times(
                AT, standing.dueAt() == null ? AT : null, standing.state().isFinal() ? AT : null),
            Setbacks.NONE,
            ending);
    assertThat(bean(JobStore.class).insert(List.of(job))).containsExactly(job.id());
    return job;
  }

  static void assertProblem(HttpResponse<String> answer, int status, String says) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(says);
  }

  @Override
  public void close() {
    http.close();
    context.close();
    issuer.close();
    database.close();
  }
}
