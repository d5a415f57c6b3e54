package io.millrace.admin.jobs;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.Cancellation;
import io.millrace.core.store.JobCancellation;
import io.millrace.core.store.JobStore;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows single jobs, and calls them off. */
@RestController
@RequestMapping("/v1/jobs")
final class JobController {

  private static final Logger LOG = LoggerFactory.getLogger(JobController.class);

  private final JobStore jobs;
  private final JobCancellation cancellation;

  JobController(JobStore jobs, JobCancellation cancellation) {
    this.jobs = jobs;
    this.cancellation = cancellation;
  }

  @GetMapping("/{id}")
  JobView byId(@PathVariable UUID id) {
    return view(new JobId(id), noJob(id));
  }

  /**
   * The id of a job follows from tenant and message id, so this is a look-up by the primary key,
   * not a search.
   */
  @GetMapping(params = {"tenant", "messageId"})
  JobView byMessage(@RequestParam String tenant, @RequestParam String messageId) {
    Names.require("tenant", tenant);
    Names.require("messageId", messageId);
    return view(
        JobId.of(tenant, messageId),
        "tenant '%s' has no job of message '%s'".formatted(tenant, messageId));
  }

  @GetMapping
  JobView withoutParameters() {
    throw new ApiProblem(
        ProblemType.MISSING_PARAMETER,
        "say which job: /v1/jobs/{id}, or /v1/jobs?tenant=...&messageId=...; or which jobs: /v1/jobs?state=...");
  }

  /** Calls the job off; once it is, doing it again changes nothing. */
  @PostMapping("/{id}/cancel")
  JobView cancel(@PathVariable UUID id) {
    JobId job = new JobId(id);
    switch (cancellation.cancel(job)) {
      case Cancellation.Cancelled(var from) ->
          LOG.atInfo()
              .addKeyValue("job", job)
              .addKeyValue("from", from.state())
              .log("job cancelled");
      case Cancellation.AlreadyEnded(JobState as) -> requireCancelled(job, as);
      case Cancellation.Unknown() -> throw new ApiProblem(ProblemType.NOT_FOUND, noJob(id));
    }
    return view(job, noJob(id));
  }

  private static void requireCancelled(JobId job, JobState as) {
    if (as != JobState.CANCELLED) {
      throw new ApiProblem(
              ProblemType.ALREADY_ENDED,
              "job %s has already ended as %s: there is nothing to cancel".formatted(job, as))
          .with("state", as);
    }
  }

  private static String noJob(UUID id) {
    return "there is no job " + id;
  }

  private JobView view(JobId id, String ifMissing) {
    Job job = jobs.find(id).orElseThrow(() -> new ApiProblem(ProblemType.NOT_FOUND, ifMissing));
    boolean runs = job.standing().state() == JobState.RUNNING;
    return JobView.of(job, runs ? jobs.progress(id).orElse(null) : null, jobs.attempts(id));
  }
}
