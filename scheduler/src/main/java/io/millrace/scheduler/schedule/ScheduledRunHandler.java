package io.millrace.scheduler.schedule;

import io.millrace.core.Pause;
import io.millrace.core.schedule.Firing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobContext;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.server.runner.ThreadLocalJobContext;
import org.jobrunr.storage.StorageProvider;
import org.jspecify.annotations.Nullable;

/**
 * A job of JobRunr for a schedule: sees to what is due, and shows it until it ends. However often
 * it runs, nothing is started twice; a second time it shows what it showed the first time.
 */
public final class ScheduledRunHandler implements JobRequestHandler<ScheduledRun> {

  private final Firings firings;
  private final Follower follower;
  private final StorageProvider storage;
  private final InstantSource clock;
  private final Pause pause;

  /** JobRunr hands jobs out at most one poll before they are due. */
  private final Duration ahead;

  ScheduledRunHandler(
      Firings firings,
      Follower follower,
      StorageProvider storage,
      InstantSource clock,
      Pause pause,
      Duration poll) {
    this.firings = firings;
    this.follower = follower;
    this.storage = storage;
    this.clock = clock;
    this.pause = pause;
    this.ahead = poll.multipliedBy(3);
  }

  @Override
  public void run(ScheduledRun request) throws InterruptedException {
    JobContext context = ThreadLocalJobContext.getJobContext();
    RunView view = new DashboardView(context);
    Job job = storage.getJobById(context.getJobId());
    List<Firing> carried = firings.carriedBy(job.getId());
    for (Firing firing : carried.isEmpty() ? seeTo(request.schedule(), job, view) : carried) {
      show(firing, view);
    }
  }

  private List<Firing> seeTo(String schedule, Job job, RunView view) throws InterruptedException {
    if (job.getRecurringJobId().isEmpty()) {
      view.say("what this job showed is forgotten");
      return List.of();
    }
    Instant due = due(job);
    if (due == null) {
      return triggered(schedule, job, job.getCreatedAt());
    }
    if (due.isAfter(clock.instant().plus(ahead))) { // somebody could not wait
      return triggered(schedule, job, clock.instant());
    }
    awaitTime(due);
    Firings.Seen seen = firings.seeTo(schedule, job.getId());
    String held = seen.held();
    if (held != null) {
      view.warn(held);
    } else if (seen.decided().isEmpty()) {
      view.say("nothing is due that was not seen to already");
    }
    return seen.decided();
  }

  /** When JobRunr had it scheduled for; null if it was triggered in the dashboard. */
  private static @Nullable Instant due(Job job) {
    return job.getJobStates().getFirst() instanceof ScheduledState scheduled
        ? scheduled.getScheduledAt()
        : null;
  }

  private List<Firing> triggered(String schedule, Job job, Instant at) {
    return firings
        .trigger(job.getId(), schedule, at.truncatedTo(ChronoUnit.MICROS), "the dashboard")
        .map(List::of)
        .orElseThrow(() -> new RunFailedException("there is no schedule %s".formatted(schedule)));
  }

  private void awaitTime(Instant due) throws InterruptedException {
    for (Instant now = clock.instant(); now.isBefore(due); now = clock.instant()) {
      pause.rest(Duration.between(now, due));
    }
  }

  private void show(Firing firing, RunView view) throws InterruptedException {
    Firing.Outcome outcome = firing.outcome();
    String what = firing.description();
    switch (outcome.state()) {
      case REQUESTED -> view.say(what + ": somebody else sees to it");
      case STARTED -> {
        if (outcome.runId() == null) {
          view.say("%s: enqueued job %s".formatted(what, outcome.jobId()));
          return;
        }
        view.say("%s: requested run %s".formatted(what, outcome.runId()));
        follower.follow(outcome.runId(), view);
      }
      case TAKEN, SKIPPED -> view.warn("%s: %s".formatted(what, outcome.message()));
      case REFUSED -> throw new RunFailedException("%s: %s".formatted(what, outcome.message()));
    }
  }
}
