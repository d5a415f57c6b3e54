package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Scope;
import io.millrace.core.audit.AuditQuery;
import io.millrace.core.audit.AuditRecord;
import io.millrace.core.audit.AuditStore;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobStore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

  private static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);

  @AutoClose
  private final RunningApi api =
      new RunningApi("--millrace.secrets.key=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

  @Test
  void recordsWhoHasChangedWhatAndFromWhere() throws Exception {
    Job job = waiting("recorded");

    HttpResponse<String> cancelled =
        api.send(
            api.request("/v1/jobs/" + job.id() + "/cancel")
                .header("X-Request-Id", "ticket-17")
                .POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(cancelled.statusCode()).isEqualTo(200);
    HttpResponse<String> found = api.get("/v1/audit?resource=jobs/" + job.id());
    assertThat(found.body())
        .contains("\"actor\":\"somebody\"", "\"roles\":[\"admin\"]", "\"action\":\"job.cancel\"")
        .contains("\"tenant\":\"acme\"", "\"before\":{\"state\": \"WAITING\", \"attempt\": 1}")
        .contains("\"after\":{\"state\": \"CANCELLED\"}", "\"address\":\"127.0.0.1\"")
        .contains("\"requestId\":\"ticket-17\"", "\"keyedBy\":", "\"hash\":")
        .doesNotContain("\"a\":1", "next");
  }

  @Test
  void recordsNothingOfWhatChangesNothing() throws Exception {
    Job job = waiting("twice");
    cancel(job);
    long before = newest();

    cancel(job);
    api.post("/v1/jobs/" + UUID.randomUUID() + "/cancel");

    assertThat(newest()).isEqualTo(before);
  }

  @Test
  void changesNothingThatCannotBeRecorded() throws Exception {
    Job job = waiting("unrecorded");
    long before = newest();
    JdbcClient jdbc = api.bean(JdbcClient.class);

    jdbc.sql("ALTER TABLE audit ADD CONSTRAINT full_up CHECK (number <= %d)".formatted(before))
        .update();
    HttpResponse<String> refused = cancel(job);
    jdbc.sql("ALTER TABLE audit DROP CONSTRAINT full_up").update();

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(api.bean(JobStore.class).find(job.id()).orElseThrow().standing().state())
        .isEqualTo(JobState.WAITING);
    assertThat(newest()).isEqualTo(before);
    assertThat(cancel(job).statusCode()).isEqualTo(200);
  }

  @Test
  void makesOneChainOfEightWhoChangeAtOnce() throws Exception {
    List<Job> jobs = IntStream.range(0, 64).mapToObj(i -> waiting("at-once-" + i)).toList();
    long before = newest();

    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<HttpResponse<String>>> answers =
          jobs.stream().map(job -> clients.submit(() -> cancel(job))).toList();
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }

    assertThat(newest()).isEqualTo(before + 64);
    assertThat(api.get("/v1/audit/verification").body())
        .contains("\"complete\":true", "\"findings\":[]", "\"count\":" + newest());
  }

  @Test
  void goesThroughPagesAndStretches() throws Exception {
    cancel(waiting("page-1"));
    cancel(waiting("page-2"));
    long last = newest();

    assertThat(api.get("/v1/audit?limit=1").body())
        .contains("\"number\":" + last, "\"next\":\"" + last + "\"");
    assertThat(api.get("/v1/audit?limit=1&after=" + last).body())
        .contains("\"number\":" + (last - 1));
    assertThat(api.get("/v1/audit/verification?limit=1").body())
        .contains("\"checked\":1", "\"complete\":false", "\"next\":\"1k\"");
    assertThat(api.get("/v1/audit/verification?after=1k").body()).contains("\"complete\":true");
    assertThat(api.get("/v1/audit/" + last).body()).contains("\"number\":" + last);
  }

  @Test
  void isForAuditors() throws Exception {
    String auditor = token("auditor", "*");
    String ofAcme = token("auditor", "acme");

    assertThat(api.getAs(auditor, "/v1/audit").statusCode()).isEqualTo(200);
    assertThat(api.getAs(auditor, "/v1/audit/verification").statusCode()).isEqualTo(200);
    assertThat(api.getAs(ofAcme, "/v1/audit").body()).doesNotContain("audit.key");
    assertThat(api.getAs(ofAcme, "/v1/audit/verification").statusCode()).isEqualTo(403);
    assertThat(api.getAs(token("operator", "*"), "/v1/audit").statusCode()).isEqualTo(403);
  }

  @Test
  void saysWhatItDoesNotHaveOrUnderstand() throws Exception {
    assertProblem(api.get("/v1/audit/999999"), 404, "there is no record 999999");
    assertProblem(api.get("/v1/audit?limit=501"), 400, "1 to 500");
    assertProblem(api.get("/v1/audit?after=x"), 400, "after is no place in the audit");
    assertProblem(api.get("/v1/audit?since=yesterday"), 400, "a time such as");
    assertProblem(api.get("/v1/audit/verification?after=k1"), 400, "after is no place");
    assertProblem(api.post("/v1/audit"), 405, "there is no POST here");
  }

  @Test
  void beginsWithTheKey() throws Exception {
    assertThat(api.get("/v1/audit/1").body())
        .contains("\"action\":\"audit.key\"", "\"actor\":\"millrace\"", "\"after\":{\"key\": ")
        .doesNotContain("before", "address");
  }

  private String token(String role, String tenants) {
    return api.issuer()
        .token(claims -> claims.claim("roles", List.of(role)).claim("tenants", tenants));
  }

  private Job waiting(String messageId) {
    return api.record(
        messageId,
        new Standing(JobState.WAITING, WaitReason.SCHEDULED, AT.plusSeconds(60), 1, null),
        Job.Ending.NONE);
  }

  private HttpResponse<String> cancel(Job job) throws IOException, InterruptedException {
    return api.post("/v1/jobs/" + job.id() + "/cancel");
  }

  private long newest() {
    return api.bean(AuditStore.class).newest(Scope.WHOLE_SYSTEM, ALL, Long.MAX_VALUE, 1).stream()
        .mapToLong(AuditRecord::number)
        .findFirst()
        .orElse(0);
  }
}
