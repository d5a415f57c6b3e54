package io.millrace.admin;

import static io.millrace.admin.RunningApi.AT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.store.JobStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayloadsIT {

  private static final String RESULT = "{\"iban\":\"DE1\", \"score\":0.10}";

  @AutoClose
  private final RunningApi withRules =
      new RunningApi(
          "--millrace.redaction.rules.ibans.types=test.*",
          "--millrace.redaction.rules.ibans.paths=$..iban");

  @AutoClose private final RunningApi withoutRules = new RunningApi();

  @Test
  void showsWhatCameToWhoeverMayReadIt() throws Exception {
    Job job = record(withRules);

    assertThat(withRules.get("/v1/jobs/" + job.id()).body())
        .contains("\"payload\":{\"a\":1}", "\"result\":" + RESULT)
        .contains("\"cause\":\"at x\"", "\"call\":{\"status\":503}")
        .doesNotContain("redacted");
  }

  @Test
  void showsWhatTheRulesLeaveToOthers() throws Exception {
    Job job = record(withRules);

    assertThat(withRules.getAs(viewer(withRules), "/v1/jobs/" + job.id()).body())
        .contains("\"payload\":{\"a\":1}", "\"result\":{\"iban\":\"***\",\"score\":0.10}")
        .contains("\"redacted\":true", "\"message\":\"no luck\"")
        .doesNotContain("DE1", "at x", "503");
  }

  @Test
  void showsNothingToOthersWhereThereIsNoRule() throws Exception {
    Job job = record(withoutRules);

    assertThat(withoutRules.getAs(viewer(withoutRules), "/v1/jobs/" + job.id()).body())
        .contains("\"redacted\":true", "\"state\":\"SUCCEEDED\"")
        .doesNotContain("\"payload\"", "\"result\"", "DE1", "at x", "503");
  }

  private static Job record(RunningApi api) {
    Job job =
        api.record(
            UUID.randomUUID().toString(),
            new Standing(JobState.SUCCEEDED, null, null, 2, null),
            Job.Ending.succeeded(RESULT.getBytes(UTF_8)));
    Failure failure = new Failure("Broken", "no luck", "at x");
    api.bean(JobStore.class)
        .recordFailures(
            List.of(
                new AttemptFailure(
                    job.id(), 1, new UUID(0, 1), AT, AT, failure, "{\"status\":503}")));
    return job;
  }

  private static String viewer(RunningApi api) {
    return api.issuer()
        .token(claims -> claims.claim("roles", "viewer").claim("tenants", List.of("acme")));
  }
}
