package io.millrace.scheduler.schedule;

import io.millrace.core.BackgroundWork;
import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.FiringState;
import io.millrace.core.schedule.FiringStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Sees to the triggers that other processes request, and to those times of schedules that JobRunr
 * has not seen to in good time, for whatever reason: nobody was there, its server is down, a time
 * had to wait, the clock changed, or somebody has deleted its recurring job.
 */
final class ScheduleWatch extends BackgroundWork {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int TRIGGERS_AT_ONCE = 20;

  private final Configured configured;
  private final FiringStore store;
  private final Firings firings;
  private final RecurringJobs recurring;
  private final InstantSource clock;
  private final Settings settings;
  private boolean isConfigured; // for the thread that looks
  private volatile boolean failing;

  /**
   * @param patience how long a time is left to JobRunr
   */
  record Settings(Duration patience, ScheduleListener events) {}

  ScheduleWatch(
      Configured configured,
      FiringStore store,
      Firings firings,
      RecurringJobs recurring,
      InstantSource clock,
      Settings settings) {
    super("millrace-schedules");
    this.configured = configured;
    this.store = store;
    this.firings = firings;
    this.recurring = recurring;
    this.clock = clock;
    this.settings = settings;
  }

  /** Whether everything that it last tried has worked. */
  boolean isWell() {
    return isWorking() && !failing;
  }

  @Override
  protected void work() throws InterruptedException {
    do {
      lookOrTell();
    } while (rest());
  }

  @Override
  protected synchronized void wake() {
    notifyAll();
  }

  private synchronized boolean rest() throws InterruptedException {
    if (!isStopping()) {
      wait(LOOK.toMillis());
    }
    return !isStopping();
  }

  private void lookOrTell() {
    try {
      look();
    } catch (RuntimeException e) { // of our database or of JobRunr's storage, which is the same
      if (!failing) {
        settings.events().on(new ScheduleEvent.WatchFailed(e.toString()));
      }
      failing = true;
      return;
    }
    if (failing) {
      settings.events().on(new ScheduleEvent.WatchRecovered());
    }
    failing = false;
  }

  /** Looks once. */
  void look() {
    if (!isConfigured) {
      settings.events().on(configured.apply());
      isConfigured = true;
    }
    List<Firing> triggered = firings.seeToTriggers(TRIGGERS_AT_ONCE);
    triggered.forEach(recurring::show);
    Instant now = clock.instant();
    for (String schedule : store.overdue(now.minus(settings.patience()))) {
      firings.seeTo(schedule, null).decided().stream()
          .filter(firing -> firing.state() != FiringState.SKIPPED)
          .forEach(recurring::show);
    }
    settings.events().on(new ScheduleEvent.LatenessMeasured(lateness(now)));
  }

  private Duration lateness(Instant now) {
    return store
        .earliestNext()
        .filter(next -> next.isBefore(now))
        .map(next -> Duration.between(next, now))
        .orElse(Duration.ZERO);
  }
}
