package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.Topology;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.schedule.JdbcScheduleStore;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduledWork;
import io.millrace.core.store.PauseStore;
import io.millrace.testing.TestBroker;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queues, dependencies, endpoints, schedules and workers over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsIT {

  private static final JobType TYPE = new JobType("test.job");
  private static final String KEY = "webhook/hooks.example.com:8443";

  @AutoClose private final TestBroker broker = TestBroker.fresh();

  @AutoClose
  private final RunningApi api =
      new RunningApi(
          "--millrace.broker.uri=" + broker.amqpUri(),
          "--millrace.secrets.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

  @BeforeAll
  void aWorkerHasBegun() throws Exception {
    try (var connection = broker.connect()) {
      Topology.declareCommon(connection);
      Topology.declareTypes(connection, Set.of(TYPE));
    }
    api.bean(JobTypeStore.class)
        .record(List.of(new KnownJobType(TYPE, HandlerKind.CALL, "Handler", null, null, "1", AT)));
  }

  @Test
  void showsQueuesAndPausesThem() throws Exception {
    api.record(
        "aside", new Standing(JobState.WAITING, WaitReason.PAUSED, AT, 1, null), Job.Ending.NONE);

    HttpResponse<String> paused =
        api.postJson("/v1/queues/types/test.job/pause", "{\"reason\":\"the printer burns\"}");
    HttpResponse<String> again =
        api.postJson("/v1/queues/types/test.job/pause", "{\"reason\":\"me too\"}");
    JsonNode type = ofType(json(api.get("/v1/queues")));

    assertThat(json(paused).path("paused").path("by").asString()).isEqualTo("somebody");
    assertThat(again.body()).as("who was first").isEqualTo(paused.body());
    assertThat(type.path("paused").path("reason").asString()).isEqualTo("the printer burns");
    assertThat(type.path("queues").size()).isEqualTo(4);
    assertThat(type.path("queues").path(0).path("messages").asInt()).isZero();
    assertThat(type.path("waiting").path(0).path("reason").asString()).isEqualTo("PAUSED");
    assertThat(api.bean(PauseStore.class).current().holds(TYPE, Lane.NORMAL)).isTrue();

    assertThat(json(api.post("/v1/queues/types/test.job/resume")).has("paused")).isFalse();
    assertThat(json(api.post("/v1/queues/types/test.job/resume")).has("paused")).isFalse();
    assertThat(ofType(json(api.get("/v1/queues"))).has("paused")).isFalse();
    assertThat(api.get("/v1/audit").body()).contains("queues.pause", "queues.resume");
  }

  @Test
  void refusesToPauseWhatIsNotThereOrForNoReason() throws Exception {
    String why = "{\"reason\":\"why\"}";

    assertProblem(api.postJson("/v1/queues/types/no.such/pause", why), 404, "no.such");
    assertProblem(api.postJson("/v1/queues/types/NO/pause", why), 400, "no job type");
    assertProblem(api.postJson("/v1/queues/lanes/MIDDLE/pause", why), 400, "lane");
    assertProblem(api.postJson("/v1/queues/lanes/LOW/pause", "{}"), 400, "say why");
  }

  @Test
  void forcesCircuitsWhateverTheKey() throws Exception {
    String request = "{\"key\":\"%s\",\"reason\":\"they asked us to stop\"}".formatted(KEY);

    JsonNode opened = json(api.postJson("/v1/dependencies/open", request));
    JsonNode listed = json(api.get("/v1/dependencies")).path("dependencies").path(0);
    JsonNode automatic =
        json(api.postJson("/v1/dependencies/automatic", "{\"key\":\"%s\"}".formatted(KEY)));

    assertThat(opened.path("circuit").asString()).isEqualTo("OPEN");
    assertThat(listed.path("key").asString()).isEqualTo(KEY);
    assertThat(listed.path("forcedBy").asString()).isEqualTo("somebody");
    assertThat(listed.has("retryAt")).as("a probe that is due").isFalse();
    assertThat(automatic.has("forcedBy")).isFalse();
    assertThat(automatic.has("retryAt")).as("a probe that is due").isTrue();
    JsonNode closed = json(api.postJson("/v1/dependencies/close", request));
    assertThat(closed.path("circuit").asString()).isEqualTo("CLOSED");
    assertProblem(
        api.postJson("/v1/dependencies/automatic", "{\"key\":\"never-heard\"}"),
        404,
        "never-heard");
    assertProblem(
        api.postJson("/v1/dependencies/open", "{\"key\":\"No Key\",\"reason\":\"why\"}"),
        400,
        "names no dependency");
  }

  @Test
  void makesAnEndpointAndItsKeysAndForgetsThem() throws Exception {
    HttpResponse<String> made = put("orders", "{\"url\":\"https://hooks.example.com/in\"}");
    JsonNode first = json(post("orders/keys"), 201);
    JsonNode second = json(post("orders/keys"), 201);

    assertThat(json(made).path("enabled").asBoolean()).isTrue();
    assertThat(first.path("secret").asString()).startsWith("whsec_");
    JsonNode shown = json(api.get("/v1/endpoints/orders?tenant=acme"));
    assertThat(shown.path("keys").size()).isEqualTo(2);
    assertThat(shown.toString()).doesNotContain("whsec_");
    assertThat(delete("orders/keys/" + first.path("id").asString()).statusCode()).isEqualTo(204);
    assertThat(json(api.get("/v1/endpoints/orders?tenant=acme")).path("keys").path(0).asString())
        .isEqualTo(second.path("id").asString());
    assertThat(json(post("orders/disable")).path("disabled").asString()).isEqualTo("OPERATOR");
    assertThat(json(post("orders/enable")).path("enabled").asBoolean()).isTrue();
    assertThat(json(api.post("/v1/endpoints/reseal")).path("resealed").asInt()).isZero();
    assertThat(delete("orders").statusCode()).isEqualTo(204);
    assertProblem(delete("orders"), 404, "there is no endpoint acme/orders");
    assertThat(api.get("/v1/audit").body())
        .contains("endpoint.key.create", "endpoint.delete")
        .doesNotContain(first.path("secret").asString());
  }

  @Test
  void refusesAddressesThatNoWorkerWouldCall() throws Exception {
    assertProblem(put("inside", "{\"url\":\"http://169.254.169.254/\"}"), 400, "are refused");
    assertProblem(put("inside", "{\"url\":\"http://localhost/\"}"), 400, "this machine");
    assertProblem(put("inside", "{\"url\":\"ftp://example.com/\"}"), 400, "https://");
    assertProblem(
        put("inside", "{\"url\":\"https://example.com/\",\"origin\":\"API\"}"), 400, "origin");
  }

  @Test
  void listsSchedulesAndTriggersThem() throws Exception {
    Instant next = Instant.now().plus(Duration.ofHours(1));
    api.bean(JdbcScheduleStore.class)
        .put(
            new Schedule(
                "rates",
                "0 * * * *",
                ZoneOffset.UTC,
                new ScheduledWork.Batch("rates", Map.of("day", "today")),
                new SchedulePolicy(Missed.LATEST, Duration.ofMinutes(5), Overlap.SKIP)),
            AT,
            next);

    HttpResponse<String> triggered = api.post("/v1/schedules/rates/trigger");
    JsonNode detail = json(api.get("/v1/schedules/rates"));

    assertThat(triggered.statusCode()).isEqualTo(202);
    assertThat(detail.path("schedule").path("late").asBoolean()).isFalse();
    assertThat(detail.path("firings").path(0).path("requestedBy").asString()).isEqualTo("somebody");
    assertThat(json(api.get("/v1/schedules")).path("schedules").size()).isEqualTo(1);
  }

  @Test
  void listsWorkersWithWhatTheyRun() throws Exception {
    UUID worker = UUID.randomUUID();
    WorkerStore workers = api.bean(WorkerStore.class);
    workers.register(worker, "w1", "1.0", Instant.now());
    workers.handles(worker, List.of(TYPE));
    workers.beat(worker, Map.of(TYPE, 2.0 / 3, new JobType("test.other"), 0.5), Instant.now());
    Job job = api.record("at-work", Standing.running(new LeaseToken(worker, 1)), Job.Ending.NONE);

    JsonNode shown = json(api.get("/v1/workers")).path("workers").path(0);

    assertThat(shown.path("name").asString()).isEqualTo("w1");
    assertThat(shown.path("types").path(0).asString()).isEqualTo("test.job");
    assertThat(shown.path("jobs").asInt()).isEqualTo(1);
    assertThat(shown.path("endedPerSecond").asDouble()).isEqualTo(1.17);
    workers.signOff(worker, Instant.now());
    assertThat(shown.path("running").path(0).path("id").asString()).isEqualTo(job.id().toString());
  }

  @Test
  void showsHowManyJobsASecondEndInTheWorkersThatLive() throws Exception {
    Instant now = Instant.now();
    beat("first", 812.25, now);
    beat("second", 1.0 / 3, now);
    beat("silent", 99, now.minus(Duration.ofMinutes(2)));
    UUID ended = beat("ended", 99, now);
    api.bean(WorkerStore.class).signOff(ended, now);

    api.post("/v1/queues/lanes/LOW/resume"); // whoever looks now is not told what was a second ago
    JsonNode queues = json(api.get("/v1/queues"));

    assertThat(ofType(queues).path("endedPerSecond").asDouble()).isEqualTo(812.58);
    assertThat(
            json(api.get("/v1/workers"))
                .path("workers")
                .valueStream()
                .filter(worker -> worker.path("name").asString().equals("ended")))
        .singleElement()
        .matches(worker -> !worker.has("endedPerSecond"));
  }

  private UUID beat(String name, double endedPerSecond, Instant at) {
    UUID worker = UUID.randomUUID();
    WorkerStore workers = api.bean(WorkerStore.class);
    workers.register(worker, name, "1.0", at);
    assertThat(workers.beat(worker, Map.of(TYPE, endedPerSecond), at)).isTrue();
    return worker;
  }

  private HttpResponse<String> put(String id, String body) throws Exception {
    return api.send(
        api.request("/v1/endpoints/%s?tenant=acme".formatted(id))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> post(String path) throws Exception {
    return api.post("/v1/endpoints/%s?tenant=acme".formatted(path));
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return api.send(api.request("/v1/endpoints/%s?tenant=acme".formatted(path)).DELETE());
  }

  private static JsonNode ofType(JsonNode queues) {
    return queues
        .path("types")
        .valueStream()
        .filter(type -> type.path("type").asString().equals(TYPE.name()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return json(answer, 200);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }
}
