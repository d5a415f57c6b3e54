package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.document.Answers;
import io.millrace.admin.etag.EntityTag;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.Cancellation;
import io.millrace.core.store.JobCancellation;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows single jobs, and calls them off. */
@RestController
@RequestMapping("/v1/jobs")
final class JobController {

  private static final Logger LOG = LoggerFactory.getLogger(JobController.class);

  private final JobViews views;
  private final JobCancellation cancellation;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  JobController(
      JobViews views,
      JobCancellation cancellation,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.views = views;
    this.cancellation = cancellation;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Shows a job, with the attempts that have failed. */
  @Reads
  @GetMapping("/{id}")
  @Answers(tagged = true)
  ResponseEntity<JobView> byId(Caller caller, @PathVariable UUID id) {
    return views.shown(caller, views.find(caller, new JobId(id), noJob(id)));
  }

  /**
   * Shows the job of a message. The id of a job follows from tenant and message id, so this is a
   * look-up by the primary key, not a search.
   */
  @Reads
  @GetMapping(params = {"tenant", "messageId"})
  @Answers(tagged = true)
  ResponseEntity<JobView> byMessage(
      Caller caller, @RequestParam String tenant, @RequestParam String messageId) {
    Names.require("tenant", tenant);
    Names.require("messageId", messageId);
    return views.shown(
        caller,
        views.find(
            caller,
            JobId.of(tenant, messageId),
            "tenant '%s' has no job of message '%s'".formatted(tenant, messageId)));
  }

  /** Refuses to look through all tenants for a message id: say whose. */
  @Reads
  @GetMapping(params = {"messageId", "!tenant"})
  @Answers(refusesOnly = true)
  JobView ofNobody() {
    throw new ApiProblem(
        ProblemType.MISSING_PARAMETER,
        "a message id is its tenant's: say whose, by /v1/jobs?tenant=...&messageId=...");
  }

  /** Calls the job off; once it is, doing it again changes nothing. */
  @Operates
  @PostMapping("/{id}/cancel")
  @Answers(tagged = true)
  ResponseEntity<JobView> cancel(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    JobId job = new JobId(id);
    Job asked = views.find(caller, job, noJob(id));
    EntityTag seen = ifMatch == null ? null : views.look(caller, asked).tag();
    if (seen != null) {
      seen.require(ifMatch);
    }
    switch (Objects.requireNonNull(transaction.execute(_ -> cancel(caller, asked, seen)))) {
      case Cancellation.Cancelled(var from) ->
          LOG.atInfo()
              .addKeyValue("job", job)
              .addKeyValue("from", from.state())
              .log("job cancelled");
      case Cancellation.AlreadyEnded(JobState as) -> requireCancelled(job, as);
      case Cancellation.Unknown() -> throw new ApiProblem(ProblemType.NOT_FOUND, noJob(id));
    }
    return views.shown(caller, views.find(caller, job, noJob(id)));
  }

  private Cancellation cancel(Caller caller, Job job, @Nullable EntityTag seen) {
    Cancellation done = cancellation.cancel(job.id());
    if (done instanceof Cancellation.Cancelled(var from)) {
      if (seen != null && !from.equals(job.standing())) {
        throw seen.changed(); // between the look and the lock; nothing is done then
      }
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
}
