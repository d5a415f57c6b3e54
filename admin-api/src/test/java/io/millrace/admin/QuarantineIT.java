package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.QuarantineStore;
import io.millrace.core.store.QuarantinedMessage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that could not become jobs, and what operators make of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineIT {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}";

  @AutoClose private final RunningApi api = new RunningApi();

  @BeforeAll
  void aWorkerHasBegun() {
    api.bean(JobTypeStore.class)
        .record(
            List.of(
                new KnownJobType(
                    new JobType("test.job"),
                    HandlerKind.CALCULATION,
                    "Handler",
                    null,
                    SCHEMA,
                    "1",
                    AT)));
  }

  @Test
  void makesAJobOfAMessageThatWasFixed() throws Exception {
    UUID id = keep("fixed", "no.such", "acme", "{\"a\":\"one\"}");

    assertProblem(
        resubmit(id, "{\"type\":\"test.job\"}"), 422, "the payload breaks its schema: /a");
    HttpResponse<String> done =
        resubmit(
            id,
            "{\"type\":\"test.job\",\"body\":\"{\\\"a\\\": 1, \\\"b\\\": 1.10}\",\"note\":\"typo\"}");

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    Job job = api.bean(JobStore.class).find(JobId.of("acme", "fixed")).orElseThrow();
    assertThat(new String(job.order().payload(), UTF_8)).isEqualTo("{\"a\": 1, \"b\": 1.10}");
    JsonNode shown = json(api.get("/v1/quarantine/" + id));
    assertThat(shown.path("state").asString()).isEqualTo("RESUBMITTED");
    assertThat(shown.path("job").asString()).isEqualTo(job.id().toString());
    assertThat(shown.path("resolvedBy").asString()).isEqualTo("somebody");
    assertThat(shown.path("note").asString()).isEqualTo("typo");
    assertProblem(resubmit(id, "{}"), 409, "was RESUBMITTED by somebody");
  }

  @Test
  void makesOneJobHoweverManyOperatorsClick() throws Exception {
    UUID id = keep("clicked", "test.job", "acme", "{\"a\":1}");
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService operators = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        answers.add(
            operators.submit(
                () -> {
                  begin.await();
                  return resubmit(id, "{}").statusCode();
                }));
      }
      begin.countDown();
    }

    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(7);
  }

  @Test
  void saysWhatIsStillWrongAndKeepsTheMessage() throws Exception {
    UUID nobodys = keep("nobodys", "test.job", null, "{\"a\":1}");
    UUID unknown = keep("unknown", "no.such", "acme", "{\"a\":1}");
    UUID broken = keep("broken", "test.job", "acme", "{");
    api.record(
        "taken",
        new Standing(JobState.SUCCEEDED, null, null, 1, null),
        Job.Ending.succeeded("1".getBytes(UTF_8)));
    UUID taken = keep("taken", "test.job", "acme", "{\"a\":2}");

    assertProblem(resubmit(nobodys, "{}"), 422, "names no tenant");
    assertProblem(resubmit(unknown, "{}"), 422, "no worker has ever had a handler");
    assertProblem(resubmit(broken, "{}"), 422, "not JSON");
    assertProblem(resubmit(taken, "{}"), 409, "belongs to an earlier job");
    assertProblem(resubmit(taken, "{\"nonsense\":1}"), 400, "nonsense");
    for (UUID id : List.of(nobodys, unknown, broken, taken)) {
      assertThat(json(api.get("/v1/quarantine/" + id)).path("state").asString()).isEqualTo("OPEN");
    }
    assertThat(resubmit(nobodys, "{\"tenant\":\"zebra\"}").statusCode()).isEqualTo(200);
    assertThat(resubmit(taken, "{\"messageId\":\"other\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void discardsAndOpensTheCaseAgainWhenTheSameMessageComesAgain() throws Exception {
    UUID id = keep("discarded", "no.such", "acme", "{}");

    assertProblem(api.postJson("/v1/quarantine/" + id + "/discard", "{}"), 400, "say why");
    HttpResponse<String> done =
        api.postJson("/v1/quarantine/" + id + "/discard", "{\"note\":\"a test of theirs\"}");

    assertThat(json(done).path("state").asString()).isEqualTo("DISCARDED");
    assertThat(api.get("/v1/quarantine?resolved=true&limit=500").body()).contains(id.toString());
    keep("discarded", "no.such", "acme", "{}");
    JsonNode again = json(api.get("/v1/quarantine/" + id));
    assertThat(again.path("state").asString()).isEqualTo("OPEN");
    assertThat(again.path("arrivals").asInt()).isEqualTo(2);
  }

  @Test
  void decidesAboutManyEachOnItsOwn() throws Exception {
    keep("many-1", "test.job", "bulk", "{\"a\":1}");
    keep("many-2", "test.job", "bulk", "{\"b\":1}");
    String many = "{\"queue\":\"many\",\"note\":\"fixed\"}";

    JsonNode resubmitted = json(api.postJson("/v1/quarantine/resubmit", many));
    JsonNode discarded = json(api.postJson("/v1/quarantine/discard", many));

    assertThat(resubmitted.path("done").asInt()).isEqualTo(1);
    assertThat(resubmitted.path("refused").path(0).path("detail").asString())
        .contains("the payload breaks its schema");
    assertThat(discarded.path("done").asInt()).isEqualTo(1);
  }

  @Test
  void showsATenantItsOwnMessagesAndNobodyElses() throws Exception {
    UUID ours = keep("ours", "test.job", "acme", "{\"secret\":1}");
    UUID theirs = keep("theirs", "test.job", "zebra", "{\"a\":1}");
    UUID nobodys = keep("nobody", "test.job", null, "{\"a\":1}");
    String token =
        api.issuer()
            .token(
                claims ->
                    claims.claim("roles", List.of("operator")).claim("tenants", List.of("acme")));

    HttpResponse<String> list = api.getAs(token, "/v1/quarantine?limit=500");

    assertThat(list.body())
        .contains(ours.toString())
        .doesNotContain(theirs.toString(), nobodys.toString());
    assertProblem(api.getAs(token, "/v1/quarantine/" + theirs), 404, "there is no message");
    HttpResponse<String> whole = api.getAs(token, "/v1/quarantine/" + ours);
    assertThat(whole.body()).contains("\"redacted\":true").doesNotContain("secret");
    assertProblem(
        api.sendAs(
            token,
            api.request("/v1/quarantine/" + theirs + "/resubmit")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))),
        404,
        "there is no message");
    assertProblem(
        api.sendAs(
            token,
            api.request("/v1/quarantine/" + ours + "/resubmit")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant\":\"zebra\"}"))),
        403,
        "are not yours");
  }

  @Test
  void readsOnWhereThePageEnded() throws Exception {
    for (int i = 0; i < 5; i++) {
      keep("page-" + i, "paged.type", "acme", "{}");
    }

    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          json(
              api.get(
                  "/v1/quarantine?type=paged.type&limit=2"
                      + (next.isEmpty() ? "" : "&after=" + next)));
      page.path("messages").forEach(message -> ids.add(message.path("messageId").asString()));
      next = page.path("next").asString("");
    } while (!next.isEmpty());

    assertThat(ids).containsExactlyInAnyOrder("page-0", "page-1", "page-2", "page-3", "page-4");
    assertProblem(api.get("/v1/quarantine?after=nowhere"), 400, "after");
  }

  private HttpResponse<String> resubmit(UUID id, String body) throws Exception {
    return api.postJson("/v1/quarantine/" + id + "/resubmit", body);
  }

  private UUID keep(String messageId, String type, @Nullable String tenant, String body) {
    UUID id = UUID.nameUUIDFromBytes((messageId + type + body).getBytes(UTF_8));
    JsonMapper json = JsonMapper.shared();
    api.bean(QuarantineStore.class)
        .insert(
            List.of(
                new QuarantinedMessage(
                    id,
                    AT,
                    Refusal.SCHEMA_VIOLATION,
                    "it does not fit",
                    new QuarantinedMessage.Envelope(
                        tenant != null && tenant.equals("bulk") ? "many" : "millrace.job." + type,
                        "millrace.jobs",
                        type,
                        messageId,
                        json.writeValueAsString(
                            Map.of("message_id", messageId, "content_type", "application/json")),
                        json.writeValueAsString(
                            tenant == null ? Map.of() : Map.of("millrace-tenant", tenant))),
                    body.getBytes(UTF_8))));
    return id;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
