package io.millrace.scheduler.schedule;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * What JobRunr is asked to do when the time of a schedule comes, or somebody triggers it in the
 * dashboard. Kept by JobRunr as JSON under this name.
 */
public record ScheduledRun(String schedule) implements JobRequest {

  @Override
  public Class<ScheduledRunHandler> getJobRequestHandler() {
    return ScheduledRunHandler.class;
  }
}
