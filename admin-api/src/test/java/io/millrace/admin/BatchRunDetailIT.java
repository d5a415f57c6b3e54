package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a run is shown that is under way, and one that has failed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchRunDetailIT {

  private static final UUID RUNNING = new UUID(0, 1);
  private static final UUID FAILED = new UUID(0, 2);

  @AutoClose private final RunningApi api = new RunningApi();

  @BeforeAll
  void twoRuns() {
    JdbcClient jdbc = api.bean(JdbcClient.class);
    jdbc.sql(
            """
            INSERT INTO batch_run (id, job, parameters, repeatable, state, requested_by, requested_at, due_at, owner, lease_until, begun,
              started_at, ended_at, step, items_done, items_total, items_skipped, items_a_second, message)
            VALUES
              (:running, 'accrual', '{"date": "2026-03-31"}', false, 'RUNNING', 'nightly', '2026-03-31T22:00:00Z',
                '2026-03-31T22:00:00Z', 'night-1', now(), ARRAY[now(), now()], '2026-03-31T22:00:01Z', NULL, 'accrue', 2999, 4000, 3,
                12.56, 'begun again: its scheduler was lost'),
              (:failed, 'accrual', '{"date": "2026-03-30"}', false, 'FAILED', 'nightly', '2026-03-30T22:00:00Z',
                '2026-03-30T22:00:00Z', NULL, NULL, ARRAY[now()], '2026-03-30T22:00:01Z', '2026-03-30T22:10:00Z', NULL, 4000, 4000, 0, 0,
                'the totals do not match')
            """)
        .param("running", RUNNING)
        .param("failed", FAILED)
        .update();
    jdbc.sql("INSERT INTO batch_job_instance VALUES (1, 0, 'accrual', 'key')").update();
    jdbc.sql(
            "INSERT INTO batch_job_execution (job_execution_id, job_instance_id, create_time) VALUES (1, 1, now())")
        .update();
    jdbc.sql(
            """
            INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, status)
            SELECT id, 1, 'accrue:' || id, 1, now(), CASE WHEN id < 4 THEN 'COMPLETED' ELSE 'STARTED' END
            FROM generate_series(1, 4) AS id
            """)
        .update();
    jdbc.sql(
            """
            INSERT INTO batch_partition (step_execution_id, run_id, step, name, place, items_total, items_done, items_skipped,
              started_at, ended_at, state, owner, lease_until)
            SELECT id, :run, 'accrue', 'loans ' || id, id, 1000, done, 3, now() - interval '100 s', CASE WHEN id < 4 THEN now() END,
              CASE WHEN id < 4 THEN 'ENDED' ELSE 'RUNNING' END, 'night-1', CASE WHEN id = 4 THEN now() END
            FROM (VALUES (1, 1000), (2, 1000), (3, 900), (4, 99)) AS part (id, done)
            """)
        .param("run", RUNNING)
        .update();
    jdbc.sql(
            """
            INSERT INTO batch_skip (run_id, step, partition, item, reason, skipped_at)
            SELECT :run, 'accrue', 'loans 1', 'loan ' || n, 'no rate', '2026-03-31T22:00:02Z' FROM generate_series(1, 3) AS n
            """)
        .param("run", RUNNING)
        .update();
    jdbc.sql(
            "INSERT INTO batch_total VALUES (:run, 'interest', 100.10, 100.1), (:run, 'loans', 4000, 3999)")
        .param("run", FAILED)
        .update();
  }

  @Test
  void showsHowFarARunIsAndWhatItWaitsFor() throws Exception {
    String run = api.get("/v1/batch-runs/" + RUNNING).body();

    assertThat(run)
        .startsWith("{\"id\":\"" + RUNNING + "\",\"job\":\"accrual\"")
        .contains("\"begun\":2", "\"startedAt\":\"2026-03-31T22:00:01Z\"")
        .contains(
            """
            "progress":{"step":"accrue","done":2999,"total":4000,"percent":74.9,"skipped":3,"perSecond":12.5,"secondsLeft":80}""")
        .contains("\"message\":\"begun again: its scheduler was lost\"")
        .contains(
            """
            {"step":"accrue","name":"loans 1","state":"ENDED","status":"COMPLETED","scheduler":"night-1","done":1000,"total":1000,\
            "percent":100.0,"skipped":3,"perSecond":10.0,""")
        .containsPattern(
            """
            "name":"loans 4","state":"RUNNING".*"done":99,"total":1000,"percent":9.9,.*"seconds":1\\d\\d,"straggler":true}""")
        .containsOnlyOnce("\"straggler\":true")
        .contains("\"totals\":[]")
        .doesNotContain("null");
  }

  @Test
  void showsWhyARunHasFailed() throws Exception {
    assertThat(api.get("/v1/batch-runs/" + FAILED).body())
        .contains("\"state\":\"FAILED\"", "\"endedAt\":\"2026-03-30T22:10:00Z\"")
        .contains("\"message\":\"the totals do not match\"")
        .contains(
            """
            "totals":[{"name":"interest","expected":"100.10","actual":"100.1","matches":true},\
            {"name":"loans","expected":"4000","actual":"3999","matches":false}]""");
  }

  @Test
  void listsWhatWasLeftOut() throws Exception {
    String path = "/v1/batch-runs/" + RUNNING + "/skipped";

    assertThat(api.get(path + "?limit=1").body())
        .isEqualTo(
            """
            {"skipped":[{"step":"accrue","partition":"loans 1","item":"loan 1","reason":"no rate",\
            "skippedAt":"2026-03-31T22:00:02Z"}]}""");
    assertThat(api.get(path).body()).contains("loan 1", "loan 2", "loan 3");
    assertThat(api.get("/v1/batch-runs/" + FAILED + "/skipped").body())
        .isEqualTo("{\"skipped\":[]}");
    assertProblem(api.get(path + "?limit=10001"), 400, "limit is 10001 and has to be 1 to 10000");
  }
}
