package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.redaction.Redaction;
import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.Cancellation;
import io.millrace.core.store.JobCancellation;
import io.millrace.core.store.ScopedJobStore;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
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

  private final ScopedJobStore jobs;
  private final JobCancellation cancellation;
  private final Redaction redaction;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  JobController(
      ScopedJobStore jobs,
      JobCancellation cancellation,
      Redaction redaction,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.jobs = jobs;
    this.cancellation = cancellation;
    this.redaction = redaction;
    this.audit = audit;
    this.transaction = transaction;
  }

  @Reads
  @GetMapping("/{id}")
  JobView byId(Caller caller, @PathVariable UUID id) {
    return view(caller, new JobId(id), noJob(id));
  }

  /**
   * The id of a job follows from tenant and message id, so this is a look-up by the primary key,
   * not a search.
   */
  @Reads
  @GetMapping(params = {"tenant", "messageId"})
  JobView byMessage(Caller caller, @RequestParam String tenant, @RequestParam String messageId) {
    Names.require("tenant", tenant);
    Names.require("messageId", messageId);
    return view(
        caller,
        JobId.of(tenant, messageId),
        "tenant '%s' has no job of message '%s'".formatted(tenant, messageId));
  }

  @Reads
  @GetMapping
  JobView withoutParameters() {
    throw new ApiProblem(
        ProblemType.MISSING_PARAMETER,
        "say which job: /v1/jobs/{id}, or /v1/jobs?tenant=...&messageId=...; or which jobs: /v1/jobs?state=...");
  }

  /** Calls the job off; once it is, doing it again changes nothing. */
  @Operates
  @PostMapping("/{id}/cancel")
  JobView cancel(Caller caller, @PathVariable UUID id) {
    JobId job = new JobId(id);
    Job asked = find(caller, job, noJob(id));
    switch (Objects.requireNonNull(transaction.execute(_ -> cancel(caller, asked)))) {
      case Cancellation.Cancelled(var from) ->
          LOG.atInfo()
              .addKeyValue("job", job)
              .addKeyValue("from", from.state())
              .log("job cancelled");
      case Cancellation.AlreadyEnded(JobState as) -> requireCancelled(job, as);
      case Cancellation.Unknown() -> throw new ApiProblem(ProblemType.NOT_FOUND, noJob(id));
    }
    return view(caller, job, noJob(id));
  }

  private Cancellation cancel(Caller caller, Job job) {
    Cancellation done = cancellation.cancel(job.id());
    if (done instanceof Cancellation.Cancelled(var from)) {
      audit.record(
          caller,
          new Change(
              "job.cancel",
              "jobs/" + job.id(),
              job.order().tenant(),
              Map.of("state", from.state(), "attempt", from.attempt()),
              Map.of("state", JobState.CANCELLED)));
    }
    return done;
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

  private JobView view(Caller caller, JobId id, String ifMissing) {
    Scope scope = caller.scope();
    Job job = find(caller, id, ifMissing);
    boolean runs = job.standing().state() == JobState.RUNNING;
    return JobView.of(
        job,
        runs ? jobs.progress(scope, id).orElse(null) : null,
        jobs.attempts(scope, id),
        redaction.sightOf(caller, job.order().type()));
  }

  private Job find(Caller caller, JobId id, String ifMissing) {
    return jobs.find(caller.scope(), id)
        .orElseThrow(() -> new ApiProblem(ProblemType.NOT_FOUND, ifMissing));
  }
}
