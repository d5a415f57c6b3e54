package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchRunsIT {

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  @AutoClose private final RunningApi api = new RunningApi();

  private final JdbcClient jdbc = api.bean(JdbcClient.class);

  @BeforeEach
  void announce() {
    jdbc.sql("DELETE FROM batch_run").update();
    jdbc.sql("DELETE FROM batch_job").update();
    jdbc.sql(
            """
            INSERT INTO batch_job VALUES
              ('accrual', 'Accrues interest.', false, '{date}', '{DATE}', '{The day.}', '{NULL}', '2026-03-01T12:00:00Z'),
              ('tidy', 'Tidies up.', true, '{days}', '{NUMBER}', '{Older ones.}', '{30}', '2026-03-01T12:00:00Z')
            """)
        .update();
  }

  @Test
  void listsTheJobsThatMayBeStarted() throws Exception {
    HttpResponse<String> jobs = api.get("/v1/batch-jobs");

    assertThat(jobs.statusCode()).isEqualTo(200);
    assertThat(jobs.body())
        .isEqualTo(
            """
            {"jobs":[{"name":"accrual","description":"Accrues interest.","repeatable":false,"parameters":\
            [{"name":"date","kind":"DATE","description":"The day."}],"seenAt":"2026-03-01T12:00:00Z"},\
            {"name":"tidy","description":"Tidies up.","repeatable":true,"parameters":\
            [{"name":"days","kind":"NUMBER","description":"Older ones.","defaultValue":"30"}],\
            "seenAt":"2026-03-01T12:00:00Z"}]}""");
  }

  @Test
  void acceptsARunAndSaysWhereItIs() throws Exception {
    HttpResponse<String> accepted =
        request("{\"job\":\"accrual\",\"parameters\":{\"date\":\"2026-03-31\"}}");
    String place = accepted.headers().firstValue("Location").orElseThrow();

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(place).isEqualTo("/v1/batch-runs/" + id(accepted));
    assertThat(accepted.body())
        .contains("\"state\":\"REQUESTED\"", "\"parameters\":{\"date\":\"2026-03-31\"}")
        .contains("\"requestedBy\":\"api\"", "\"dueAt\":", "\"begun\":0")
        .contains("\"progress\":{\"done\":0,\"skipped\":0,\"perSecond\":0.0}")
        .doesNotContain("null", "startedAt", "scheduler");
    assertThat(api.get(place).body())
        .startsWith(accepted.body().substring(0, accepted.body().length() - 1))
        .endsWith(",\"partitions\":[],\"totals\":[]}");
  }

  @Test
  void knowsWhichDayItIs() throws Exception {
    HttpResponse<String> accepted =
        request("{\"job\":\"accrual\",\"parameters\":{\"date\":\"today\"}}");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    assertThat(accepted.body())
        .containsAnyOf(today.toString(), today.minusDays(1).toString()); // it may just be midnight
  }

  @Test
  void namesTheRunThatIsInTheWayAndWhatToDo() throws Exception {
    String body = "{\"job\":\"accrual\",\"parameters\":{\"date\":\"2026-03-31\"}}";
    UUID run = id(request(body));

    for (String[] stateAndSaying :
        new String[][] {
          {"REQUESTED", "is REQUESTED: wait for its end, or stop it"},
          {"RUNNING", "is RUNNING: wait for its end, or stop it"},
          {"STOPPED", "has STOPPED: restart it, or abandon it to do its work anew"},
          {"FAILED", "has FAILED: restart it, or abandon it to do its work anew"},
          {"COMPLETED", "has COMPLETED, and the job is not to be repeated"}
        }) {
      set(run, stateAndSaying[0]);
      HttpResponse<String> taken = request(body);
      assertProblem(taken, 409, "run %s of accrual with these parameters".formatted(run));
      assertProblem(taken, 409, stateAndSaying[1]);
      assertThat(taken.body())
          .contains("\"run\":\"" + run + "\"", "\"state\":\"" + stateAndSaying[0] + "\"");
    }
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    assertProblem(
        request("{\"job\":\"accrue\"}"),
        400,
        "there is no batch job 'accrue': there are accrual, tidy");
    assertProblem(request("{}"), 400, "say which job");
    assertProblem(request("{\"job\":\"accrual\"}"), 400, "accrual needs the parameter date: The");
    assertProblem(
        request("{\"job\":\"accrual\",\"parameters\":{\"date\":\"soon\"}}"),
        400,
        "date has to be a day such as 2026-03-31, or today, or yesterday, but is 'soon'");
    assertProblem(
        request("{\"job\":\"accrual\",\"parameters\":{\"date\":null}}"), 400, "date is null");
    assertProblem(
        request("{\"job\":\"tidy\",\"parameters\":{\"days\":[1]}}"), 400, "the body is not the");
    assertProblem(request("no JSON"), 400, "the body is not the JSON that is expected here");
    assertProblem(api.post("/v1/batch-runs"), 400, "the body is not the JSON that is expected");
    jdbc.sql("DELETE FROM batch_job").update();
    assertProblem(request("{\"job\":\"tidy\"}"), 400, "no scheduler has any yet");
  }

  @Test
  void listsTheLatestRuns() throws Exception {
    UUID first = id(request("{\"job\":\"tidy\",\"parameters\":{\"days\":\"7\"}}"));
    UUID second = id(request("{\"job\":\"tidy\",\"parameters\":{\"days\":8}}"));
    UUID other = id(request("{\"job\":\"accrual\",\"parameters\":{\"date\":\"today\"}}"));

    assertThat(ids(api.get("/v1/batch-runs"))).containsExactly(other, second, first);
    assertThat(ids(api.get("/v1/batch-runs?job=tidy"))).containsExactly(second, first);
    assertThat(ids(api.get("/v1/batch-runs?job=tidy&limit=1"))).containsExactly(second);
    assertThat(api.get("/v1/batch-runs?job=nobody").body()).isEqualTo("{\"runs\":[]}");
    assertProblem(api.get("/v1/batch-runs?limit=0"), 400, "limit is 0 and has to be 1 to 500");
    assertProblem(api.get("/v1/batch-runs?limit=501"), 400, "1 to 500");
  }

  @Test
  void stopsRestartsAndAbandons() throws Exception {
    UUID run = id(request("{\"job\":\"tidy\"}"));

    assertThat(change(run, "stop").body()).contains("\"state\":\"STOPPED\"", "\"endedAt\"");
    assertThat(change(run, "stop").statusCode()).as("once more").isEqualTo(200);
    assertThat(change(run, "restart").body()).contains("\"state\":\"REQUESTED\"");
    assertProblem(change(run, "restart"), 409, "run %s of tidy is about to begin".formatted(run));
    assertProblem(change(run, "abandon"), 409, "is REQUESTED: stop it before you abandon it");
    set(run, "RUNNING");
    assertProblem(change(run, "restart"), 409, "is running: there is nothing to restart");
    assertThat(change(run, "stop").body())
        .contains("\"state\":\"RUNNING\"", "\"stopRequested\":true", "\"scheduler\":\"night-1\"");
    assertProblem(change(run, "restart"), 409, "is stopping: restart it once it has stopped");
    set(run, "FAILED");
    assertProblem(change(run, "stop"), 409, "has FAILED: it does not run; restart or abandon it");
    assertThat(change(run, "abandon").body()).contains("\"state\":\"ABANDONED\"");
    assertThat(change(run, "abandon").statusCode()).as("once more").isEqualTo(200);
    assertProblem(change(run, "restart"), 409, "was ABANDONED: request a new run of its work");
    assertProblem(change(run, "stop"), 409, "was ABANDONED: there is nothing to stop");
    set(run, "COMPLETED");
    for (String change : List.of("stop", "restart", "abandon")) {
      assertProblem(change(run, change), 409, "run %s of tidy has COMPLETED: ".formatted(run));
    }
  }

  @Test
  void knowsNoOtherRuns() throws Exception {
    UUID nobody = UUID.randomUUID();

    for (String change : List.of("stop", "restart", "abandon")) {
      assertProblem(change(nobody, change), 404, "there is no batch run " + nobody);
    }
    assertProblem(api.get("/v1/batch-runs/" + nobody), 404, "there is no batch run " + nobody);
    assertProblem(
        api.get("/v1/batch-runs/" + nobody + "/skipped"), 404, "there is no batch run " + nobody);
    assertProblem(api.get("/v1/batch-runs/17"), 400, "17");
  }

  private HttpResponse<String> request(String body) throws IOException, InterruptedException {
    return api.postJson("/v1/batch-runs", body);
  }

  private HttpResponse<String> change(UUID run, String what)
      throws IOException, InterruptedException {
    return api.post("/v1/batch-runs/%s/%s".formatted(run, what));
  }

  private void set(UUID run, String state) {
    jdbc.sql(
            """
            UPDATE batch_run SET state = :state, stop_requested = false,
              owner = CASE WHEN :state = 'RUNNING' THEN 'night-1' END,
              lease_until = CASE WHEN :state = 'RUNNING' THEN now() END,
              ended_at = CASE WHEN :state NOT IN ('REQUESTED', 'RUNNING') THEN now() END
            WHERE id = :id
            """)
        .param("id", run)
        .param("state", state)
        .update();
  }

  private static UUID id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ids(answer).getFirst();
  }

  private static List<UUID> ids(HttpResponse<String> answer) {
    Matcher ids = ID.matcher(answer.body());
    return ids.results().map(found -> UUID.fromString(found.group(1))).toList();
  }
}
