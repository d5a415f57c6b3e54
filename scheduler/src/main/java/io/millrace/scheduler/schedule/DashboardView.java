package io.millrace.scheduler.schedule;

import org.jobrunr.jobs.context.JobContext;

/** A job's page in the dashboard of JobRunr, which saves what it shows with each poll. */
final class DashboardView implements RunView {

  private final JobContext context;

  DashboardView(JobContext context) {
    this.context = context;
  }

  @Override
  public void say(String line) {
    context.logger().info(line);
  }

  @Override
  public void warn(String line) {
    context.logger().warn(line);
  }

  @Override
  public void progress(long done, long total, long skipped) {
    context.progressBar(total).setProgress(total, done, skipped);
  }
}
