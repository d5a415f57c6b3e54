package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.etag.EntityTag;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.redaction.Redaction;
import io.millrace.admin.redaction.Sight;
import io.millrace.client.contract.JobId;
import io.millrace.core.access.Scope;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.replay.JobReplays;
import io.millrace.core.store.ScopedJobStore;
import org.springframework.http.ResponseEntity;

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

  /** The answer that shows the job, and which version of it that is. */
  ResponseEntity<JobView> shown(Caller caller, Job job) {
    return shown(ResponseEntity.ok(), caller, job);
  }

  /** The same, with a status of its own. */
  ResponseEntity<JobView> shown(ResponseEntity.BodyBuilder answer, Caller caller, Job job) {
    Look look = look(caller, job);
    return answer.eTag(look.tag().value()).body(look.view());
  }

  /** The job with all that the API shows of it. */
  Look look(Caller caller, Job job) {
    Scope scope = caller.scope();
    Sight sight = redaction.sightOf(caller, job.order().type());
    boolean runs = job.standing().state() == JobState.RUNNING;
    JobView view =
        JobView.of(
            job,
            new JobView.History(
                runs ? jobs.progress(scope, job.id()).orElse(null) : null,
                jobs.attempts(scope, job.id()),
                replays.of(scope, job.id())),
            sight);
    return new Look(view, Look.tag(job, view, sight));
  }

  /** A job as somebody sees it, and which version of it that is. */
  record Look(JobView view, EntityTag tag) {

    /** Payload and result never change without one of these. */
    static EntityTag tag(Job job, JobView view, Sight sight) {
      return EntityTag.of(
          job.standing(),
          job.setbacks(),
          job.times(),
          view.progress(),
          view.failedAttempts().size(),
          view.resultDroppedAt(),
          view.erasedAt(),
          sight.getClass().getSimpleName());
    }
  }

  static String noJob(JobId id) {
    return "there is no job " + id;
  }
}
