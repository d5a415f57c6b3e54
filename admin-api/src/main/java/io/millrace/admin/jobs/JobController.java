package io.millrace.admin.jobs;

import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.store.JobStore;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows single jobs. */
@RestController
@RequestMapping("/v1/jobs")
final class JobController {

  private final JobStore jobs;

  JobController(JobStore jobs) {
    this.jobs = jobs;
  }

  @GetMapping("/{id}")
  JobView byId(@PathVariable UUID id) {
    return view(new JobId(id), "there is no job " + id);
  }

  /**
   * The id of a job follows from tenant and message id, so this is a look-up by the primary key,
   * not a search.
   */
  @GetMapping(params = {"tenant", "messageId"})
  JobView byMessage(@RequestParam String tenant, @RequestParam String messageId) {
    requireName("tenant", tenant);
    requireName("messageId", messageId);
    return view(
        JobId.of(tenant, messageId),
        "tenant '%s' has no job of message '%s'".formatted(tenant, messageId));
  }

  @GetMapping
  JobView withoutParameters() {
    throw new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "say which job: /v1/jobs/{id}, or /v1/jobs?tenant=...&messageId=...");
  }

  private JobView view(JobId id, String ifMissing) {
    Job job =
        jobs.find(id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, ifMissing));
    return JobView.of(job, jobs.attempts(id));
  }

  private static void requireName(String parameter, String value) {
    if (value.isEmpty() || value.length() > ContractNames.MAX_NAME_LENGTH) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "%s must have 1 to %d characters".formatted(parameter, ContractNames.MAX_NAME_LENGTH));
    }
  }
}
