package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairIT {

  private static final String JOB =
      """
      {"tenant": "%s", "type": "test.job", "payload": {"a": %s}}
      """;

  @AutoClose private final RunningApi api = new RunningApi();

  @BeforeAll
  void aWorkerHasBegun() {
    api.bean(JobTypeStore.class)
        .record(
            List.of(
                new KnownJobType(
                    new JobType("test.job"),
                    HandlerKind.CALCULATION,
                    "com.example.Test",
                    null,
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}",
                    "1.0",
                    AT)));
  }

  @Test
  void tellsWhatWorkersCanDo() throws Exception {
    assertThat(api.get("/v1/job-types").body())
        .isEqualTo(
            """
            {"jobTypes":[{"type":"test.job","kind":"CALCULATION","handler":"com.example.Test",\
            "schema":{"type":"object","properties":{"a":{"type":"number"}}},"version":"1.0","since":"%s"}]}"""
                .formatted(AT));
  }

  @Test
  void takesAJobOnceAndKeepsItsDigits() throws Exception {
    HttpResponse<String> first = submit("once", JOB.formatted("acme", "2.50"));
    HttpResponse<String> second = submit("once", JOB.formatted("acme", "2.50"));

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Location"))
        .contains("/v1/jobs/" + JobId.of("acme", "once"));
    assertThat(first.body()).contains("\"state\":\"WAITING\"", "{\"a\":2.50}");
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
    assertProblem(submit("once", JOB.formatted("acme", "3")), 409, "earlier job");
  }

  @Test
  void refusesWhatNoHandlerTakes() throws Exception {
    assertProblem(submit("bad", JOB.formatted("acme", "\"x\"")), 422, "\"pointer\":\"/a\"");
    assertProblem(
        submit("bad", JOB.formatted("acme", "1").replace("test.job", "no.such")),
        422,
        "\"known\":[\"test.job\"]");
    assertProblem(
        api.postJson("/v1/jobs", JOB.formatted("acme", "1")), 400, "Idempotency-Key is missing");
    assertProblem(submit("bad", "{\"tenant\":\"acme\",\"type\":\"test.job\"}"), 400, "payload");
    assertProblem(submit("bad", "{\"tenant\":\"acme\",\"state\":\"FAILED\"}"), 400, "state");
    assertThat(api.bean(JobStore.class).find(JobId.of("acme", "bad"))).isEmpty();
  }

  @Test
  void takesJobsOfTheCallersTenantsOnly() throws Exception {
    String token = token("operator", "acme");

    assertThat(submitAs(token, "mine", JOB.formatted("acme", "1")).statusCode()).isEqualTo(202);
    assertProblem(submitAs(token, "theirs", JOB.formatted("globex", "1")), 403, "globex");
  }

  @Test
  void showsWhatFailedAlikeAndReplaysIt() throws Exception {
    IntStream.range(0, 5).forEach(i -> fail("alike-" + i, "no customer " + i));
    fail("other", "something else");

    JsonNode groups =
        json(api.get("/v1/failures?sort=COUNT&text=no%20CUSTOMER&tenant=acme")).path("failures");
    assertThat(groups).hasSize(1);
    JsonNode group = groups.get(0);
    assertThat(group.path("jobs").asInt()).isEqualTo(5);
    assertThat(group.path("message").asString()).isEqualTo("no customer <n>");
    String id = group.path("id").asString();
    assertThat(json(api.get("/v1/failures/" + id)).path("samples")).hasSize(5);
    assertProblem(api.get("/v1/failures/0123456789abcdef"), 404, "nothing stands failed");
    assertProblem(api.get("/v1/failures/x"), 400, "16 hexadecimal");

    String wish = "{\"group\":\"%s\",\"patch\":{\"a\":7}}".formatted(id);
    JsonNode dry = json(api.postJson("/v1/replays/dry-run", wish));
    assertThat(dry.path("total").asInt()).isEqualTo(5);
    HttpResponse<String> made = replay("key-1", wish);
    assertThat(made.statusCode()).isEqualTo(202);
    String replay = json(made).path("id").asString();
    assertThat(json(replay("key-1", wish)).path("id").asString())
        .as("a double click")
        .isEqualTo(replay);
    assertProblem(replay("key-2", wish), 409, replay);
    assertProblem(replay("key-1", "{\"filter\":{}}"), 409, "key of its own");

    JsonNode stopped = json(api.post("/v1/replays/" + replay + "/stop"));
    assertThat(stopped.path("state").asString()).isEqualTo("STOPPED");
    assertThat(api.post("/v1/replays/" + replay + "/stop").statusCode()).isEqualTo(200);
    assertThat(json(api.post("/v1/replays/" + replay + "/resume")).path("state").asString())
        .isEqualTo("RUNNING");
    assertThat(json(api.get("/v1/replays?limit=1")).path("replays").get(0).path("id").asString())
        .isEqualTo(replay);
    assertProblem(api.get("/v1/replays/" + UUID.randomUUID()), 404, "there is no replay");
    assertProblem(
        api.getAs(token("viewer", "globex"), "/v1/replays/" + replay), 404, "there is no replay");
    api.post("/v1/replays/" + replay + "/stop");
  }

  @Test
  void refusesReplaysThatMakeNoSense() throws Exception {
    assertProblem(replay("n1", "{}"), 400, "exactly one of");
    assertProblem(replay("n2", "{\"ids\":[]}"), 400, "1 to 1000");
    assertProblem(
        replay("n3", "{\"filter\":{},\"payload\":{}}"), 400, "one payload is for one job");
    assertProblem(replay("n4", "{\"filter\":{},\"patch\":[1]}"), 400, "JSON object");
    assertProblem(replay("n5", "{\"filter\":{},\"perSecond\":0}"), 400, "perSecond");
    assertProblem(api.postJson("/v1/replays", "{\"filter\":{}}"), 400, "Idempotency-Key");
  }

  @Test
  void retriesOneJobOnceAndShowsWho() throws Exception {
    Job job = fail("retried", "no luck");
    String path = "/v1/jobs/" + job.id() + "/retry";

    assertProblem(api.postJson(path, "{\"payload\":{\"a\":\"x\"}}"), 422, "/a");
    HttpResponse<String> again = api.postJson(path, "{\"payload\":{\"a\":1.10}}");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body())
        .contains("\"attempt\":2", "{\"a\":1.10}", "\"replays\":[", "\"edited\":true");
    assertProblem(api.post(path), 409, "WAITING");
    assertProblem(api.post("/v1/jobs/" + UUID.randomUUID() + "/retry"), 404, "there is no job");
  }

  @Test
  void findsJobsByWhateverIsKnownOfThem() throws Exception {
    Job succeeded =
        api.record(
            "found",
            new Standing(JobState.SUCCEEDED, null, null, 1, null),
            Job.Ending.succeeded(new byte[] {'1'}));
    fail("found-failed", "a needle in here");
    api.bean(JdbcClient.class)
        .sql("UPDATE job SET subject = 'ann' WHERE id = :id")
        .param("id", succeeded.id().value())
        .update();

    assertThat(found("state=SUCCEEDED&finishedFrom=2026-03-01T00:00:00Z")).contains("found");
    assertThat(found("subject=ann")).containsExactly("found");
    assertThat(found("subject=ann&createdTo=2026-02-01T00:00:00Z")).isEmpty();
    assertThat(found("text=NEEDLE")).containsExactly("found-failed");
    assertThat(found("text=100%25_needle")).isEmpty();
    assertProblem(api.get("/v1/jobs?state=QUEUED&text=x"), 400, "only jobs that are FAILED");
    assertProblem(api.get("/v1/jobs?messageId=found"), 400, "say whose");
  }

  @Test
  void turnsThePagesOfASearch() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.record(
          "page-" + i, new Standing(JobState.CANCELLED, null, null, 1, null), Job.Ending.NONE);
    }

    String next = "";
    int seen = 0;
    do {
      JsonNode page = json(api.get("/v1/jobs?state=CANCELLED&limit=2" + next));
      seen += page.path("jobs").size();
      next = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!next.isEmpty());

    assertThat(seen).isEqualTo(5);
  }

  private List<String> found(String query) throws IOException, InterruptedException {
    return json(api.get("/v1/jobs?" + query))
        .path("jobs")
        .valueStream()
        .map(job -> job.path("messageId").asString())
        .toList();
  }

  private String token(String role, String tenant) {
    return api.issuer()
        .token(claims -> claims.claim("roles", List.of(role)).claim("tenants", List.of(tenant)));
  }

  private Job fail(String messageId, String message) {
    return api.record(
        messageId,
        new Standing(JobState.FAILED, null, null, 1, null),
        Job.Ending.failed(new Failure("com.example.Broken", message, null)));
  }

  private HttpResponse<String> submit(String key, String body)
      throws IOException, InterruptedException {
    return submitAs(api.issuer().admin(), key, body);
  }

  private HttpResponse<String> submitAs(String token, String key, String body)
      throws IOException, InterruptedException {
    return post(token, "/v1/jobs", key, body);
  }

  private HttpResponse<String> replay(String key, String body)
      throws IOException, InterruptedException {
    return post(api.issuer().admin(), "/v1/replays", key, body);
  }

  private HttpResponse<String> post(String token, String path, String key, String body)
      throws IOException, InterruptedException {
    return api.sendAs(
        token,
        HttpRequest.newBuilder(api.uri(path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return JsonMapper.shared().readTree(answer.body());
  }
}
