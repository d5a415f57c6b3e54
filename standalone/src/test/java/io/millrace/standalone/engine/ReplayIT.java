package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.standalone.CommandRun;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten thousand failed jobs, of which somebody repairs a third. */
class ReplayIT {

  private static final int JOBS = 10_000;

  /** Whose numbers leave a rest of 1. */
  private static final int OF_THE_GROUP = 3_333;

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @AutoClose private final EngineUnderTest engine = new EngineUnderTest(FragileHandlers.class);

  ReplayIT() throws InterruptedException {}

  @Test
  void repairsAGroupOnceWhoeverClicksStopsAndDies() throws Exception {
    enqueue();
    EngineUnderTest.await(() -> engine.count("state = 'FAILED'") == JOBS);

    JsonNode groups = json(run("failures", "--sort", "count", "--json").out()).path("failures");
    assertThat(groups).hasSize(3);
    JsonNode group =
        groups
            .valueStream()
            .filter(each -> each.path("message").asString().equals("order <value> has no rate"))
            .findFirst()
            .orElseThrow();
    assertThat(group.path("jobs").asInt()).isEqualTo(OF_THE_GROUP);

    String replay = makeOneOfTwo(group.path("id").asString());
    EngineUnderTest.await(() -> replayed() > 300);
    assertThat(run("replay", "stop", replay).out()).contains("STOPPED");
    int stoppedAt = replayed();
    assertThat(stoppedAt).isLessThan(OF_THE_GROUP);
    assertThat(run("replay", "resume", replay).out()).contains("RUNNING");
    EngineUnderTest.await(() -> replayed() > stoppedAt + 300);
    killAllSessions();
    engine.restart();

    EngineUnderTest.await(() -> state(replay).equals("DONE"));
    EngineUnderTest.await(() -> engine.count("state = 'SUCCEEDED'") == OF_THE_GROUP);

    assertThat(engine.count("state = 'FAILED' AND attempt = 1")).isEqualTo(JOBS - OF_THE_GROUP);
    assertThat(engine.count("state = 'SUCCEEDED' AND attempt < 2")).isZero();
    assertThat(replayed()).as("entries of who replayed what").isEqualTo(OF_THE_GROUP);
    assertThat(
            engine
                .jdbc()
                .sql(
                    "SELECT max(times) FROM (SELECT count(*) AS times FROM job_replay GROUP BY job_id) AS jobs")
                .query(Integer.class)
                .single())
        .as("times that a job was replayed")
        .isEqualTo(1);
    CommandRun shown = run("replay", "show", replay);
    assertThat(shown.out()).contains("3,333 of 3,333 replayed", "3,333 succeeded");
    assertThat(json(run("failures", "--json").out()).path("failures")).hasSize(2);
  }

  private void enqueue() {
    engine
        .jdbc()
        .sql(
            """
            SELECT count(*) FROM (SELECT enqueue_job(
              tenant => 'default', type => 'test.fragile', message_id => 'm-' || i,
              payload => convert_to(format('{"number":%s,"mended":false}', i), 'UTF8'))
            FROM generate_series(0, :last) AS i) AS enqueued
            """)
        .param("last", JOBS - 1)
        .query(Integer.class)
        .single();
  }

  /** Two operators ask at the same time; one of them is told of the other's. */
  private String makeOneOfTwo(String group) throws Exception {
    String wish =
        "{\"group\":\"%s\",\"patch\":{\"mended\":true},\"perSecond\":500,\"canary\":5}"
            .formatted(group);
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      Callable<HttpResponse<String>> one = () -> post("one", wish);
      Callable<HttpResponse<String>> other = () -> post("other", wish);
      for (Future<HttpResponse<String>> each : List.of(two.submit(one), two.submit(other))) {
        answers.add(each.get());
      }
    }
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(202, 409);
    List<String> named =
        answers.stream()
            .map(answer -> json(answer.body()))
            .map(body -> body.path(body.has("replay") ? "replay" : "id").asString())
            .distinct()
            .toList();
    assertThat(named).as("both name the same replay").hasSize(1);
    return named.getFirst();
  }

  private HttpResponse<String> post(String key, String body)
      throws IOException, InterruptedException {
    return http.send(
        engine
            .request("/v1/replays")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What a process leaves behind that is killed: transactions that are rolled back. */
  private void killAllSessions() {
    engine
        .jdbc()
        .sql(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        .query(Integer.class)
        .single();
  }

  private int replayed() {
    return engine.jdbc().sql("SELECT count(*) FROM job_replay").query(Integer.class).single();
  }

  private String state(String replay) {
    return engine
        .jdbc()
        .sql("SELECT state FROM replay WHERE id = :id::uuid")
        .param("id", replay)
        .query(String.class)
        .single();
  }

  private CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--api", engine.api("/"), "--data", engine.folder().toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
