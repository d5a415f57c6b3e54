package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListingIT {

  private static final Pattern MESSAGE_ID = Pattern.compile("\"messageId\":\"([^\"]*)\"");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]*)\"");

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void listsWithoutPayloadAndResult() throws Exception {
    Job failed =
        api.record(
            "failed",
            new Standing(JobState.FAILED, null, null, 2, null),
            Job.Ending.failed(new Failure("Broken", "no luck", null)));

    String list = api.get("/v1/jobs?state=FAILED").body();

    assertThat(list)
        .isEqualTo(
            """
            {"jobs":[{"id":"%1$s","tenant":"acme","type":"test.job","messageId":"failed","lane":"NORMAL",\
            "state":"FAILED","attempt":2,"failures":0,"crashes":0,"createdAt":"%2$s","startedAt":"%2$s",\
            "finishedAt":"%2$s","failure":{"kind":"Broken","message":"no luck"}}]}"""
                .formatted(failed.id(), AT));
  }

  @Test
  void turnsPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.record("w" + i, waiting(), Job.Ending.NONE);
    }

    List<String> seen = new ArrayList<>();
    String page = api.get("/v1/jobs?state=WAITING&tenant=acme&type=test.job&limit=2").body();
    seen.addAll(found(MESSAGE_ID, page));
    while (page.contains("\"next\"")) {
      page = api.get("/v1/jobs?state=WAITING&limit=2&after=" + found(NEXT, page).getFirst()).body();
      seen.addAll(found(MESSAGE_ID, page));
    }

    assertThat(page).contains("\"waitReason\":\"RETRY\"", "\"dueAt\":");
    assertThat(seen).containsExactlyInAnyOrder("w0", "w1", "w2", "w3", "w4");
    assertThat(api.get("/v1/jobs?state=WAITING&tenant=nobody").body()).isEqualTo("{\"jobs\":[]}");
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    api.record("r1", running(), Job.Ending.NONE);
    api.record("r2", running(), Job.Ending.NONE);
    String ofRunning = found(NEXT, api.get("/v1/jobs?state=RUNNING&limit=1").body()).getFirst();

    assertProblem(
        api.get("/v1/jobs?state=GONE"),
        400,
        "state is 'GONE' and has to be one of WAITING, QUEUED");
    assertProblem(
        api.get("/v1/jobs?createdFrom=now"),
        400,
        "createdFrom is 'now' and has to be a time such as");
    assertProblem(
        api.get("/v1/jobs?state=WAITING&finishedFrom=" + AT), 400, "WAITING has not ended");
    assertProblem(api.get("/v1/jobs?messageId=1"), 400, "say whose");
    assertProblem(
        api.get("/v1/jobs?state=WAITING&limit=0"), 400, "limit is 0 and has to be 1 to 500");
    assertProblem(api.get("/v1/jobs?state=WAITING&limit=501"), 400, "1 to 500");
    assertProblem(api.get("/v1/jobs?state=WAITING&limit=x"), 400, "limit");
    assertProblem(api.get("/v1/jobs?state=WAITING&type=A"), 400, "'A' is no job type");
    assertProblem(api.get("/v1/jobs?state=WAITING&tenant=%00"), 400, "tenant is empty");
    assertProblem(api.get("/v1/jobs?state=WAITING&after=x"), 400, "after is no place");
    assertProblem(api.get("/v1/jobs?state=WAITING&after=" + ofRunning), 400, "after is no place");
  }

  private static Standing waiting() {
    return new Standing(JobState.WAITING, WaitReason.RETRY, AT.plusSeconds(60), 2, null);
  }

  private static Standing running() {
    return Standing.running(new LeaseToken(new UUID(1, 1), 1));
  }

  private static List<String> found(Pattern pattern, String page) {
    return pattern.matcher(page).results().map(match -> match.group(1)).toList();
  }
}
