package io.millrace.scheduler.jobrunr;

import io.millrace.core.BackgroundWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server of JobRunr working for as long as the process lives. */
final class JobRunrSupervisor extends BackgroundWork {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunrSupervisor.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Supervision supervision;

  JobRunrSupervisor(Supervision supervision) {
    super("millrace-jobrunr");
    this.supervision = supervision;
  }

  /** Whether a server works, or none was lost yet. */
  boolean isWell() {
    return isWorking() && supervision.isWell();
  }

  @Override
  protected void work() throws InterruptedException {
    try {
      do {
        lookOrTell();
      } while (rest());
    } finally {
      supervision.stop();
    }
  }

  private void lookOrTell() {
    try {
      supervision.look(System.nanoTime());
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("JobRunr's server cannot be started for now");
    }
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
}
