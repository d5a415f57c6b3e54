package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.Schedule;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.RecurringJob;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.scheduling.RecurringJobBuilder;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProvider;

/**
 * The schedules as JobRunr's recurring jobs. Those that are not ours are left alone.
 *
 * @throws org.jobrunr.storage.StorageException from every method, if the database does not answer
 */
class RecurringJobs {

  private static final int ENOUGH = 10_000;

  /** A fourth attempt to show something would show no more; none runs anything twice. */
  private static final int RETRIES = 3;

  private final StorageProvider storage;
  private final JobRequestScheduler scheduler;

  RecurringJobs(StorageProvider storage, JobRequestScheduler scheduler) {
    this.storage = storage;
    this.scheduler = scheduler;
  }

  /** Adds, changes and removes. */
  void keep(Collection<Schedule> schedules) {
    Map<String, RecurringJob> before = new HashMap<>();
    storage.getRecurringJobs().stream()
        .filter(RecurringJobs::isOurs)
        .forEach(job -> before.put(job.getId(), job));
    for (Schedule schedule : schedules) {
      RecurringJob known = before.remove(schedule.id());
      if (known == null || !isSame(known, schedule)) {
        forgetTimes(schedule.id());
        scheduler.createRecurrently(
            RecurringJobBuilder.aRecurringJob()
                .withId(schedule.id())
                .withName(name(schedule))
                .withCron(schedule.cron())
                .withZoneId(schedule.zone())
                .withAmountOfRetries(RETRIES)
                .withJobRequest(new ScheduledRun(schedule.id())));
      }
    }
    before
        .keySet()
        .forEach(
            id -> {
              storage.deleteRecurringJob(id);
              forgetTimes(id);
            });
  }

  /** Has JobRunr show what it did not begin itself. A second call does nothing. */
  void show(Firing firing) {
    scheduler.create(
        JobBuilder.aJob()
            .withId(firing.id())
            .withName(firing.description())
            .withAmountOfRetries(RETRIES)
            .withJobRequest(new ScheduledRun(firing.schedule())));
  }

  /** JobRunr makes the job of the next time ahead, and none while there is one. */
  private void forgetTimes(String id) {
    List<Job> ahead =
        storage.getScheduledJobs(
            Instant.parse("9999-01-01T00:00:00Z"), Paging.AmountBasedList.ascOnUpdatedAt(ENOUGH));
    ahead.stream()
        .filter(job -> job.getRecurringJobId().filter(id::equals).isPresent())
        .forEach(job -> storage.deletePermanently(job.getId()));
  }

  private static boolean isOurs(RecurringJob job) {
    return job.getJobDetails().getClassName().equals(ScheduledRunHandler.class.getName());
  }

  private static boolean isSame(RecurringJob job, Schedule schedule) {
    return job.getScheduleExpression().equals(schedule.cron())
        && job.getZoneId().equals(schedule.zone().getId())
        && name(schedule).equals(job.getJobName());
  }

  private static String name(Schedule schedule) {
    return "%s: %s".formatted(schedule.id(), schedule.work().description());
  }
}
