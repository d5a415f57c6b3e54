package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How the API treats whoever asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MannersIT {

  @AutoClose
  private final RunningApi api =
      new RunningApi(
          "--millrace.api.cors.origins=https://ops.example.com",
          "--millrace.api.compress-from=256B");

  @Test
  void namesEachRequestAndItsTrace() throws Exception {
    HttpResponse<String> named =
        api.send(
            api.request("/v1/batch-jobs")
                .header("X-Request-Id", "ticket-17")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    HttpResponse<String> unnamed = api.get("/v1/jobs/17");

    assertThat(named.headers().firstValue("X-Request-Id")).contains("ticket-17");
    assertThat(named.headers().firstValue("X-Trace-Id"))
        .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    String name = unnamed.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(UUID.fromString(name)).hasToString(name);
    assertThat(unnamed.body()).contains("\"requestId\":\"" + name + "\"");
    assertThat(
            api.sendAnonymously(api.request("/v1/batch-jobs")).headers().firstValue("X-Request-Id"))
        .isPresent();
  }

  @Test
  void saysWhichVersionsThereAre() throws Exception {
    assertProblem(api.get("/v2/jobs"), 400, "there is no version 'v2' of the API: there is v1");
    assertProblem(api.get("/v2/jobs"), 400, "unknown-version");
    assertThat(api.get("/v1/batch-jobs").statusCode()).isEqualTo(200);
  }

  @Test
  void letsInThePagesThatAreConfigured() throws Exception {
    HttpResponse<String> ours = preflight("https://ops.example.com");

    assertThat(ours.statusCode()).isEqualTo(200);
    assertThat(ours.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://ops.example.com");
    assertThat(ours.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertProblem(preflight("https://elsewhere.example"), 403, "may not call the API");
  }

  @Test
  void compressesWhatIsLarge() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.record(
          "dense-" + i, Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);
    }

    HttpResponse<String> large =
        api.send(api.request("/v1/jobs?state=RUNNING").header("Accept-Encoding", "gzip"));
    HttpResponse<String> small =
        api.send(api.request("/v1/batch-jobs").header("Accept-Encoding", "gzip"));

    assertThat(large.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void sendsNothingAnewThatHasNotChanged() throws Exception {
    Job job = waiting("tagged");
    String path = "/v1/jobs/" + job.id();
    String tag = api.get(path).headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> same = api.send(api.request(path).header("If-None-Match", tag));
    api.post(path + "/cancel");
    HttpResponse<String> changed = api.send(api.request(path).header("If-None-Match", tag));

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
  }

  @Test
  void changesOnlyWhatWasSeen() throws Exception {
    Job job = waiting("matched");
    String path = "/v1/jobs/" + job.id();
    String tag = api.get(path).headers().firstValue("ETag").orElseThrow();

    assertProblem(cancelIfMatch(path, "\"another\""), 412, "changed-meanwhile");
    assertProblem(cancelIfMatch(path, "W/" + tag), 412, "it has changed since");
    assertThat(api.get(path).body()).contains("\"state\":\"WAITING\"");
    assertThat(cancelIfMatch(path, tag).statusCode()).isEqualTo(200);
    assertProblem(cancelIfMatch(path, tag), 412, "changed-meanwhile");
    assertThat(cancelIfMatch(path, "*").statusCode()).isEqualTo(200);
  }

  @Test
  void limitsHowOftenASubjectAsks() throws Exception {
    try (RunningApi limited =
        new RunningApi(
            "--millrace.api.rate-limit.requests=3",
            "--millrace.api.rate-limit.failures=2",
            "--millrace.api.rate-limit.window=1h")) {
      HttpResponse<String> first = limited.get("/v1/batch-jobs");
      limited.get("/v1/batch-jobs");
      limited.get("/v1/batch-jobs");
      HttpResponse<String> fourth = limited.get("/v1/batch-jobs");
      String other = limited.issuer().token(claims -> claims.subject("other"));

      assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"client\";q=3;w=3600");
      assertThat(first.headers().firstValue("RateLimit").orElseThrow())
          .startsWith("\"client\";r=2;t=");
      assertProblem(fourth, 429, "you may ask 3 times within 3600 s");
      assertThat(fourth.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 1200L);
      assertThat(limited.getAs(other, "/v1/batch-jobs").statusCode()).isEqualTo(403);

      for (int i = 0; i < 2; i++) {
        assertThat(limited.getAs("x.y.z", "/v1/batch-jobs").statusCode()).isEqualTo(401);
      }
      assertProblem(limited.getAs("x.y.z", "/v1/batch-jobs"), 429, "too-many-requests");
    }
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return api.sendAnonymously(
        api.request("/v1/jobs")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "GET")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<String> cancelIfMatch(String path, String tag) throws Exception {
    return api.send(
        api.request(path + "/cancel")
            .header("If-Match", tag)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  private Job waiting(String messageId) {
    return api.record(
        messageId,
        new Standing(JobState.WAITING, WaitReason.SCHEDULED, AT.plusSeconds(60), 1, null),
        Job.Ending.NONE);
  }
}
