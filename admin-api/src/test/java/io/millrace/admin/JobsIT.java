package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsIT {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext context;
  private String base;

  @BeforeAll
  void start() {
    context =
        new SpringApplicationBuilder(AdminApiApplication.class)
            .run(
                "--server.port=0",
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password());
    String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    base = "http://127.0.0.1:" + port;
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @Test
  void showsAJobByItsIdAndByItsMessage() throws Exception {
    Job job =
        record(
            "shown", JobState.SUCCEEDED, new Job.Ending("{\"b\":2}".getBytes(UTF_8), null, null));

    HttpResponse<String> byId = get("/v1/jobs/" + job.id());
    HttpResponse<String> byMessage = get("/v1/jobs?tenant=acme&messageId=shown");

    assertThat(byId.statusCode()).isEqualTo(200);
    assertThat(byId.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(byId.body())
        .contains("\"id\":\"" + job.id() + "\"")
        .contains("\"state\":\"SUCCEEDED\"")
        .contains("\"payload\":{\"a\":1}")
        .contains("\"result\":{\"b\":2}")
        .contains("\"createdAt\":\"2026-03-01T12:00:00.123456Z\"")
        .doesNotContain("null");
    assertThat(byMessage.body()).isEqualTo(byId.body());
  }

  @Test
  void showsWhyAJobFailed() throws Exception {
    Job job =
        record(
            "failed",
            JobState.FAILED,
            new Job.Ending(null, new Failure("Broken", "no luck", null), null));
    context
        .getBean(JobStore.class)
        .recordFailures(
            List.of(
                new AttemptFailure(
                    job.id(),
                    1,
                    new UUID(0, 1),
                    AT,
                    AT,
                    new Failure("Broken", "no luck", "at x"))));

    assertThat(get("/v1/jobs/" + job.id()).body())
        .contains("\"failure\":{\"kind\":\"Broken\",\"message\":\"no luck\"}")
        .contains("\"cause\":\"at x\"");
  }

  @Test
  void saysWhatIsWrongAsAProblem() throws Exception {
    assertProblem(get("/v1/jobs/" + UUID.randomUUID()), 404, "there is no job");
    assertProblem(get("/v1/jobs?tenant=acme&messageId=nobody"), 404, "no job of message 'nobody'");
    assertProblem(get("/v1/jobs/17"), 400, "17");
    assertProblem(get("/v1/jobs"), 400, "say which job");
    assertProblem(get("/v1/jobs?tenant=acme"), 400, "say which job");
    assertProblem(get("/v1/jobs?tenant=&messageId=x"), 400, "tenant must have 1 to 200 characters");
    assertProblem(get("/v1/nothing"), 404, "");
  }

  @Test
  void opensNothingBeyondTheHostAndNothingThatWrites() throws Exception {
    assertThat(context.getEnvironment().getProperty("server.address", InetAddress.class))
        .satisfies(
            address -> assertThat(Objects.requireNonNull(address).isLoopbackAddress()).isTrue());
    assertThat(
            http.send(
                    HttpRequest.newBuilder(URI.create(base + "/v1/jobs"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void tellsItsHealthAndItsMeters() throws Exception {
    assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").contains("db");
    assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String says) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(says);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private Job record(String messageId, JobState state, Job.Ending ending) {
    JobType type = new JobType("test.job");
    byte[] payload = "{\"a\":1}".getBytes(UTF_8);
    Job job =
        new Job(
            JobId.of("acme", messageId),
            new Job.Order(
                "acme", type, messageId, JobOptions.NONE, payload, Fingerprint.of(type, payload)),
            new Standing(state, null, null, 1, null),
            new Job.Times(AT, AT, AT),
            Setbacks.NONE,
            ending);
    context.getBean(JobStore.class).insert(List.of(job));
    return job;
  }
}
