package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.redaction.Redaction;
import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.replay.JobReplays;
import io.millrace.core.store.ScopedJobStore;

/** Single jobs as callers may see them. */
record JobViews(ScopedJobStore jobs, JobReplays replays, Redaction redaction) {

  /**
   * The job.
   *
   * @throws ApiProblem if there is none, as far as the caller may know
   */
  Job find(Caller caller, JobId id, String ifMissing) {
    return jobs.find(caller.scope(), id)
        .orElseThrow(() -> new ApiProblem(ProblemType.NOT_FOUND, ifMissing));
  }

  /** The job with all that the API shows of it. */
  JobView view(Caller caller, JobId id, String ifMissing) {
    Scope scope = caller.scope();
    Job job = find(caller, id, ifMissing);
    boolean runs = job.standing().state() == JobState.RUNNING;
    return JobView.of(
        job,
        new JobView.History(
            runs ? jobs.progress(scope, id).orElse(null) : null,
            jobs.attempts(scope, id),
            replays.of(scope, id)),
        redaction.sightOf(caller, job.order().type()));
  }

  static String noJob(JobId id) {
    return "there is no job " + id;
  }
}
