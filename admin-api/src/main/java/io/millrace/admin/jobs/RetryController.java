package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.document.Answers;
import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.catalogue.PayloadSchema.Violation;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.replay.JobRetry;
import io.millrace.core.replay.PayloadEdit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has single jobs run once more. */
@RestController
@RequestMapping("/v1/jobs")
final class RetryController {

  private final JobRetry retry;
  private final JobViews views;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  RetryController(
      JobRetry retry, JobViews views, AuditTrail audit, TransactionOperations transaction) {
    this.retry = retry;
    this.views = views;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * With what a job is to run once more.
   *
   * @param payload instead of its own; its own if it is left out
   */
  record Edit(@Nullable JsonNode payload) {}

  /** Has a job that has ended run once more; one that is on its way is left as it is. */
  @Operates
  @PostMapping("/{id}/retry")
  @Answers(status = 202, tagged = true)
  ResponseEntity<JobView> retry(
      Caller caller, @PathVariable UUID id, @RequestBody(required = false) @Nullable Edit edit) {
    JobId job = new JobId(id);
    Job asked = views.find(caller, job, JobViews.noJob(job));
    PayloadEdit with = edit(edit);
    JobRetry.Result result =
        Objects.requireNonNull(transaction.execute(_ -> retry(caller, asked, with)));
    return switch (result) {
      case JobRetry.Result.Again _ ->
          views.shown(
              ResponseEntity.accepted(), caller, views.find(caller, job, JobViews.noJob(job)));
      case JobRetry.Result.NotEnded(JobState state) ->
          throw new ApiProblem(
                  ProblemType.WRONG_STATE,
                  "job %s is %s: only a job that has ended runs once more".formatted(job, state))
              .with("state", state);
      case JobRetry.Result.Refused(String why) ->
          throw new ApiProblem(
              ProblemType.CONFLICT, "job %s stays as it is: %s".formatted(job, why));
      case JobRetry.Result.Invalid(String why, List<Violation> violations) ->
          throw SubmitController.invalid(why, violations);
      case JobRetry.Result.Unknown() ->
          throw new ApiProblem(ProblemType.NOT_FOUND, JobViews.noJob(job));
    };
  }

  private JobRetry.Result retry(Caller caller, Job job, PayloadEdit edit) {
    JobRetry.Result result = retry.retry(job.id(), caller.subject(), edit);
    if (result instanceof JobRetry.Result.Again(JobState from)) {
      audit.record(
          caller,
          new Change(
              "job.retry",
              "jobs/" + job.id(),
              job.order().tenant(),
              Map.of("state", from),
              Map.of("state", JobState.WAITING, "edited", edit instanceof PayloadEdit.Replace)));
    }
    return result;
  }

  private static PayloadEdit edit(@Nullable Edit edit) {
    JsonNode payload = edit == null ? null : edit.payload();
    if (payload == null) {
      return PayloadEdit.NONE;
    }
    if (payload.isNull()) {
      throw Parameters.invalid("payload", "payload is null, which no handler takes");
    }
    return new PayloadEdit.Replace(JsonMapper.shared().writeValueAsBytes(payload));
  }
}
