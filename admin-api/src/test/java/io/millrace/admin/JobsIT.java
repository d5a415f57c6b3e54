package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsIT {

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void showsAJobByItsIdAndByItsMessage() throws Exception {
    Job job =
        record("shown", JobState.SUCCEEDED, Job.Ending.succeeded("{\"b\":2}".getBytes(UTF_8)));

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
        .contains("\"attempt\":1,\"failures\":0,\"crashes\":0")
        .doesNotContain("null");
    assertThat(byMessage.body()).isEqualTo(byId.body());
  }

  @Test
  void saysThatAResultWasDropped() throws Exception {
    Job job = record("old", JobState.SUCCEEDED, Job.Ending.succeeded("{}".getBytes(UTF_8)));
    api.bean(JdbcClient.class)
        .sql(
            "UPDATE job SET result = NULL, result_dropped_at = finished_at + interval '7 s' WHERE id = :id")
        .param("id", job.id().value())
        .update();

    assertThat(get("/v1/jobs/" + job.id()).body())
        .contains("\"state\":\"SUCCEEDED\"")
        .contains("\"resultDroppedAt\":\"" + AT.plusSeconds(7) + "\"")
        .doesNotContain("\"result\"");
  }

  @Test
  void showsWhyAJobFailed() throws Exception {
    Job job =
        record(
            "failed", JobState.FAILED, Job.Ending.failed(new Failure("Broken", "no luck", null)));
    api.bean(JobStore.class)
        .recordFailures(
            List.of(
                new AttemptFailure(
                    job.id(),
                    1,
                    new UUID(0, 1),
                    AT,
                    AT,
                    new Failure("Broken", "no luck", "at x"),
                    "{\"status\":503}")));

    assertThat(get("/v1/jobs/" + job.id()).body())
        .contains("\"failure\":{\"kind\":\"Broken\",\"message\":\"no luck\"}")
        .contains("\"cause\":\"at x\"")
        .contains("\"call\":{\"status\":503}");
  }

  @Test
  void saysWhatIsWrongAsAProblem() throws Exception {
    assertProblem(get("/v1/jobs/" + UUID.randomUUID()), 404, "there is no job");
    assertProblem(get("/v1/jobs?tenant=acme&messageId=nobody"), 404, "no job of message 'nobody'");
    assertProblem(get("/v1/jobs/17"), 400, "17");
    assertProblem(get("/v1/jobs?messageId=x"), 400, "say whose");
    assertProblem(get("/v1/jobs?tenant=&messageId=x"), 400, "tenant is empty: leave it out");
    assertProblem(get("/v1/nothing"), 404, "");
  }

  @Test
  void opensNothingBeyondTheHostAndCreatesNothing() throws Exception {
    assertThat(api.setting("server.address", InetAddress.class).isLoopbackAddress()).isTrue();
    assertThat(api.post("/v1/jobs").statusCode()).isEqualTo(400);
  }

  @Test
  void plansAStatementAboutOneJobOnlyOnce() {
    JdbcClient jdbc = JdbcClient.create(api.bean(DataSource.class));

    assertThat(jdbc.sql("SHOW plan_cache_mode").query(String.class).single()).isEqualTo("auto");
  }

  @Test
  void answersPagesOfItsOwnOriginOnly() throws Exception {
    String path = "/v1/jobs/" + UUID.randomUUID() + "/cancel";

    assertThat(api.post(path, "Origin", "https://elsewhere.example").statusCode()).isEqualTo(403);
    assertThat(api.post(path, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(api.post(path, "Origin", api.uri("").toString()).statusCode()).isEqualTo(404);
  }

  @Test
  void tellsItsHealthAndItsMeters() throws Exception {
    assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").contains("db");
    assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return api.get(path);
  }

  private Job record(String messageId, JobState state, Job.Ending ending) {
    return api.record(messageId, new Standing(state, null, null, 1, null), ending);
  }
}
