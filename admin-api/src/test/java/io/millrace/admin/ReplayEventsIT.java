package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** No scheduler is there: what one would do is written into the row of the replay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayEventsIT {

  private static final int JOBS = 4;

  @AutoClose private final RunningApi api = new RunningApi("--millrace.api.events.lifetime=1m");

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void tellsHowAReplayStandsUntilItIsDoneThroughStopsAndPauses() throws Exception {
    String replay = replay("watched");
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    CompletableFuture<HttpResponse<Void>> stream = watch(replay, lines);
    assertThat(next(lines)).contains("\"state\":\"RUNNING\"", "\"total\":4", "\"replayed\":0");
    api.post("/v1/replays/" + replay + "/stop");
    assertThat(next(lines)).contains("\"state\":\"STOPPED\"");
    api.post("/v1/replays/" + replay + "/resume");
    assertThat(next(lines)).contains("\"state\":\"RUNNING\"");
    set(replay, "state = 'PAUSED', reason = '2 of the first 2 jobs did not succeed', replayed = 2");
    assertThat(next(lines)).contains("\"state\":\"PAUSED\"", "\"reason\":\"2 of", "\"replayed\":2");
    set(replay, "state = 'DONE', reason = NULL, ended_at = now(), refused = 1");

    assertThat(next(lines))
        .contains("\"state\":\"DONE\"", "\"replayed\":2", "\"refused\":1", "\"passedOver\":1");
    assertThat(stream.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsTheEndAtOnceOfWhatIsDone() throws Exception {
    String replay = replay("done");
    set(replay, "state = 'DONE', ended_at = now()");

    HttpResponse<String> events = api.get("/v1/replays/" + replay + "/events");

    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(events.body()).contains("event:end", "\"state\":\"DONE\"");
  }

  @Test
  void knowsNoReplaysOfOthers() throws Exception {
    String replay = replay("hidden");
    String other =
        api.issuer()
            .token(
                claims ->
                    claims.claim("roles", List.of("viewer")).claim("tenants", List.of("zebra")));

    assertProblem(
        api.get("/v1/replays/" + UUID.randomUUID() + "/events"), 404, "there is no replay");
    assertProblem(api.getAs(other, "/v1/replays/" + replay + "/events"), 404, "there is no replay");
  }

  @Test
  void sendsNothingAnewThatHasNotChanged() throws Exception {
    String replay = replay("tagged");
    String path = "/v1/replays/" + replay;
    api.post(path + "/stop");
    String tag = api.get(path).headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> same = api.send(api.request(path).header("If-None-Match", tag));
    refuse(replay);
    HttpResponse<String> changed = api.send(api.request(path).header("If-None-Match", tag));

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("its deadline has passed");
    assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
  }

  @Test
  void saysHowFastItIsAndWhenItWillBeDoneAtThatSpeed() throws Exception {
    String replay = replay("fast");
    set(
        replay,
        "total = 1000, replayed = 250, ran = '50 seconds', state = 'CANARY', state_since = '2000-01-01T00:00:00Z'");
    String waiting = api.get("/v1/replays/" + replay).body();
    set(replay, "state = 'RUNNING', state_since = now(), next_at = now() + interval '1 day'");
    String running = api.get("/v1/replays/" + replay).body();

    assertThat(waiting).contains("\"replayedPerSecond\":5.0").doesNotContain("secondsLeft");
    assertThat(running)
        .as("nothing for a day, and then three times as much")
        .contains("\"replayedPerSecond\":0.0", "\"secondsLeft\":2593");
    api.post("/v1/replays/" + replay + "/stop");
    assertThat(api.get("/v1/replays/" + replay).body())
        .contains("\"replayedPerSecond\":0.0")
        .doesNotContain("secondsLeft");
  }

  /** A replay of some jobs of its own, which have failed. */
  private String replay(String name) throws Exception {
    IntStream.range(0, JOBS).forEach(i -> fail(name + i, name));
    HttpResponse<String> made =
        api.send(
            HttpRequest.newBuilder(api.uri("/v1/replays"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"filter\":{\"text\":\"%s\"}}".formatted(name))));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    return JsonMapper.shared().readTree(made.body()).path("id").asString();
  }

  private Job fail(String messageId, String words) {
    return api.record(
        messageId,
        new Standing(JobState.FAILED, null, null, 1, null),
        Job.Ending.failed(new Failure("com.example.Broken", "it is " + words, null)));
  }

  private void set(String replay, String columns) {
    api.bean(JdbcClient.class)
        .sql("UPDATE replay SET %s WHERE id = :id::uuid".formatted(columns))
        .param("id", replay)
        .update();
  }

  private void refuse(String replay) {
    api.bean(JdbcClient.class)
        .sql(
            """
            INSERT INTO replay_refusal (replay, job_id, reason)
            SELECT :replay::uuid, id, 'its deadline has passed' FROM job WHERE message_id = 'tagged0'
            """)
        .param("replay", replay)
        .update();
  }

  private CompletableFuture<HttpResponse<Void>> watch(String replay, BlockingQueue<String> lines) {
    HttpRequest request =
        api.request("/v1/replays/" + replay + "/events")
            .header("Authorization", "Bearer " + api.issuer().admin())
            .header("Accept", "text/event-stream")
            .build();
    return http.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines(lines)));
  }

  private static String next(BlockingQueue<String> lines) throws InterruptedException {
    while (true) {
      String line = lines.poll(20, TimeUnit.SECONDS);
      assertThat(line).as("a line with data").isNotNull();
      if (line.startsWith("data:")) {
        return line;
      }
    }
  }
}
