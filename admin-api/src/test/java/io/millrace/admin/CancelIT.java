package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelIT {

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void callsAJobOffAndShowsIt() throws Exception {
    Job waiting =
        api.record(
            "waiting",
            new Standing(JobState.WAITING, WaitReason.SCHEDULED, AT.plusSeconds(60), 1, null),
            Job.Ending.NONE);
    Job running =
        api.record("running", Standing.running(new LeaseToken(new UUID(1, 1), 3)), Job.Ending.NONE);

    assertCancelled(cancel(waiting));
    assertCancelled(cancel(running));
  }

  @Test
  void changesNothingTheSecondTime() throws Exception {
    Job job =
        api.record("twice", Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);

    HttpResponse<String> first = cancel(job);
    HttpResponse<String> second = cancel(job);

    assertCancelled(second);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void saysThatAJobHasEndedOtherwiseOrIsUnknown() throws Exception {
    Job ended =
        api.record(
            "ended",
            new Standing(JobState.SUCCEEDED, null, null, 1, null),
            Job.Ending.succeeded("1".getBytes(UTF_8)));
    UUID unknown = UUID.randomUUID();

    assertProblem(
        cancel(ended), 409, "job %s has already ended as SUCCEEDED".formatted(ended.id()));
    assertProblem(api.post("/v1/jobs/" + unknown + "/cancel"), 404, "there is no job " + unknown);
    assertProblem(api.post("/v1/jobs/17/cancel"), 400, "17");
    assertThat(api.get("/v1/jobs/" + ended.id() + "/cancel").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> cancel(Job job) throws IOException, InterruptedException {
    return api.post("/v1/jobs/" + job.id() + "/cancel");
  }

  private static void assertCancelled(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"state\":\"CANCELLED\"", "\"finishedAt\":")
        .doesNotContain("\"worker\":", "\"dueAt\":");
  }
}
