package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobEventsIT {

  @AutoClose
  private final RunningApi api =
      new RunningApi(
          "--millrace.api.events.watchers=3",
          "--millrace.api.events.lifetime=1m",
          "--millrace.api.events.heartbeat=100ms");

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void tellsHowAJobStandsUntilItHasEnded() throws Exception {
    Job job =
        api.record(
            "watched",
            new Standing(JobState.WAITING, WaitReason.SCHEDULED, AT.plusSeconds(60), 1, null),
            Job.Ending.NONE);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    CompletableFuture<HttpResponse<Void>> stream = watch(job.id().value(), lines);
    assertThat(next(lines, "data:"))
        .contains("\"state\":\"WAITING\"", "\"waitReason\":\"SCHEDULED\"");
    assertThat(next(lines, ":still there")).isNotEmpty();
    api.post("/v1/jobs/" + job.id() + "/cancel");

    assertThat(next(lines, "event:end")).isNotEmpty();
    assertThat(next(lines, "data:")).contains("\"state\":\"CANCELLED\"");
    assertThat(stream.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsTheEndAtOnceOfWhatHasEnded() throws Exception {
    Job job =
        api.record("ended", new Standing(JobState.CANCELLED, null, null, 1, null), Job.Ending.NONE);

    HttpResponse<String> events = api.get("/v1/jobs/" + job.id() + "/events");

    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(events.body()).contains("event:end", "\"state\":\"CANCELLED\"");
  }

  @Test
  void hasRoomForSoManyAndNoMore() throws Exception {
    Job job =
        api.record("crowded", Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);
    List<BlockingQueue<String>> watchers =
        List.of(
            new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    for (BlockingQueue<String> each : watchers) {
      watch(job.id().value(), each);
      next(each, "data:");
    }

    HttpResponse<String> refused = api.get("/v1/jobs/" + job.id() + "/events");
    api.post("/v1/jobs/" + job.id() + "/cancel");

    assertProblem(refused, 503, "overloaded");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    for (BlockingQueue<String> each : watchers) {
      assertThat(next(each, "event:end")).isNotEmpty();
    }
  }

  @Test
  void knowsNoOtherJobs() throws Exception {
    Job job =
        api.record("hidden", Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);
    String other =
        api.issuer()
            .token(
                claims ->
                    claims.claim("roles", List.of("viewer")).claim("tenants", List.of("zebra")));

    assertProblem(api.get("/v1/jobs/" + UUID.randomUUID() + "/events"), 404, "there is no job");
    assertProblem(api.getAs(other, "/v1/jobs/" + job.id() + "/events"), 404, "there is no job");
  }

  private CompletableFuture<HttpResponse<Void>> watch(UUID job, BlockingQueue<String> lines) {
    HttpRequest request =
        api.request("/v1/jobs/" + job + "/events")
            .header("Authorization", "Bearer " + api.issuer().admin())
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", "17")
            .build();
    return http.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines(lines)));
  }

  private static String next(BlockingQueue<String> lines, String beginning)
      throws InterruptedException {
    while (true) {
      String line = lines.poll(20, TimeUnit.SECONDS);
      assertThat(line).as("a line that begins with " + beginning).isNotNull();
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }
}
