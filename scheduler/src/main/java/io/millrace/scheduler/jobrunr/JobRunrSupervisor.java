package io.millrace.scheduler.jobrunr;

import io.millrace.core.BackgroundWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server of JobRunr working for as long as the process lives, if anybody needs it: its
 * threads and its looks at the database are not for nothing.
 */
final class JobRunrSupervisor extends BackgroundWork {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunrSupervisor.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Supervision supervision;
  private final boolean isNeeded;

  JobRunrSupervisor(Supervision supervision, boolean isNeeded) {
    super("millrace-jobrunr");
    this.supervision = supervision;
    this.isNeeded = isNeeded;
  }

  @Override
  public boolean isAutoStartup() {
    return isNeeded;
  }

  /** Whether a server works, none was lost yet, or nobody needs one. */
  boolean isWell() {
    return !isNeeded || isWorking() && supervision.isWell();
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
